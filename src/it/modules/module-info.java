/** The application of src/it/application as a module. */
module com.example.application {
    requires io.github.pysockets;
    requires org.graalvm.polyglot;
}
