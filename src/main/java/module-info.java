/**
 * Python's socket module for the scripts of a GraalPy context, see {@link io.github.pysockets.PySockets}, or of a
 * Jython interpreter, see {@link io.github.pysockets.JythonSockets}. An application brings the one that it uses. Who
 * writes a stack of sockets needs {@code stack} and {@code abi} too.
 */
@SuppressWarnings("requires-automatic") // Jython has no descriptor of its own.
module io.github.pysockets {
    requires static org.graalvm.polyglot;
    // GraalPy has it.
    requires static org.graalvm.truffle;
    requires static org.python.jython2.standalone;

    requires java.logging;
    requires java.management;
    requires jdk.jfr;
    requires jdk.management;
    requires jdk.net;
    requires org.bouncycastle.pkix;
    requires org.bouncycastle.provider;
    // For the pysockets command.
    requires static tools.jackson.core;
    requires static tools.jackson.databind;
    requires static tools.jackson.dataformat.toml;

    exports io.github.pysockets;
    exports io.github.pysockets.abi;
    exports io.github.pysockets.linux;
    exports io.github.pysockets.nio;
    exports io.github.pysockets.observe;
    exports io.github.pysockets.policy;
    exports io.github.pysockets.proxy;
    exports io.github.pysockets.quota;
    exports io.github.pysockets.resolver;
    exports io.github.pysockets.stack;
    exports io.github.pysockets.virtual;

    // For the interpreter, which calls a function only where the unnamed module of a context's class loader could.
    exports io.github.pysockets.graalpy;
    // For Jython, which makes types of these classes.
    exports io.github.pysockets.jython;
}
