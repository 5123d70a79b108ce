/**
 * Python's socket module for the scripts of a GraalPy context: see {@link io.github.pysockets.PySockets}. Who writes a
 * stack of sockets needs {@code stack} and {@code abi} too.
 */
module io.github.pysockets {
    requires transitive org.graalvm.polyglot;

    requires java.logging;
    requires java.management;
    requires jdk.management;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    // For the pysockets command.
    requires static org.graalvm.truffle;

    exports io.github.pysockets;
    exports io.github.pysockets.abi;
    exports io.github.pysockets.linux;
    exports io.github.pysockets.stack;

    // For the interpreter, which calls a function only where the unnamed module of a context's class loader could.
    exports io.github.pysockets.graalpy;
}
