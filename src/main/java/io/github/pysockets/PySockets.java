package io.github.pysockets;

import io.github.pysockets.graalpy.Installation;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.stack.SocketStack;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;

/**
 * Python's socket module, implemented in Java, for the scripts of a GraalPy context.
 *
 * <pre>{@code
 * try (Context context = Context.newBuilder("python").allowHostAccess(PySockets.hostAccess()).build();
 *         PySockets sockets = PySockets.install(context)) {
 *     context.eval("python", "import socket; ...");
 * }
 * }</pre>
 *
 * <p>An object of this class stands for the sockets of one context. Closing it closes all of them, ends calls that wait on them, and
 * refuses new ones. Contexts do not see each other's sockets.
 */
public final class PySockets implements AutoCloseable {
    /** What the names of the classes begin with whose functions Python code calls. */
    private static final String CALLED = Installation.class.getPackageName() + ".";

    private final SocketRuntime runtime;

    private PySockets(SocketRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * Installs the socket module on the operating system's sockets. To be called before the first script runs in the context.
     *
     * @throws IllegalArgumentException where the context has no Python
     * @throws IllegalStateException where the context cannot call Java, or has imported a socket module already; the message says what to do
     * @throws UnsupportedOperationException on an operating system that PySockets does not know
     */
    public static PySockets install(Context context) {
        return builder().install(context);
    }

    /** For an installation with choices. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The least access that scripts need: the functions of PySockets and the contents of its buffers, nothing else of the host. A
     * context that has more access of its own builds on {@link HostAccess.Builder} with
     * {@code allowAccessAnnotatedBy(HostAccess.Export.class)} and {@code allowBufferAccess(true)}.
     */
    public static HostAccess hostAccess() {
        return HostAccess.newBuilder(HostAccess.EXPLICIT).allowBufferAccess(true).build();
    }

    /**
     * The number by which scripts of the context know a descriptor of the process. It is the same number where GraalPy has its native
     * POSIX backend, otherwise a higher one. Scripts may use it only if {@link Builder#foreignDescriptors} allows it.
     *
     * @param processNumber the operating system's number, zero or more
     */
    public int descriptor(int processNumber) {
        if (processNumber < 0) {
            throw new IllegalArgumentException("A descriptor number is not negative: " + processNumber);
        }
        return runtime.scriptNumber(processNumber);
    }

    /**
     * Whether the current thread is in a function of PySockets that Python code has called. Python code that runs then
     * has been called back, as for the contents of a buffer: no place to run a signal handler, for its exception would
     * pass through Java.
     */
    public static boolean isInsideCall() {
        // Not asked in the package of those functions, where the question itself would be found.
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().startsWith(CALLED)));
    }

    /**
     * Closes every socket of the context. Calls that wait on them fail with EBADF, as does every later call. Returns
     * within 100 ms, whatever scripts have done: a socket that a call does not let go of by then is closed when it
     * does.
     */
    @Override
    public void close() {
        runtime.close();
    }

    /** What an installation may be told. */
    public static final class Builder {
        private SocketStack stack;
        private boolean foreignDescriptors;
        private BooleanSupplier interruptHandler = () -> false;
        private SSLContext sslContext;

        private Builder() {}

        /** Uses another stack than the operating system's. */
        public Builder stack(SocketStack newStack) {
            stack = Objects.requireNonNull(newStack, "stack");
            return this;
        }

        /**
         * Whether scripts may use any descriptor of the process, as {@code socket.socket(fileno=n)} with a number that came from
         * elsewhere: see {@link PySockets#descriptor}. Not unless told so: the process's own files and connections are descriptors
         * too.
         */
        public Builder foreignDescriptors(boolean allowed) {
            foreignDescriptors = allowed;
            return this;
        }

        /**
         * What an interrupt of a waiting thread means. The handler is asked on that thread: true to wait on, as after a signal whose
         * handler has run (PEP 475); false, as it is without a handler, to end the call with InterruptedError. An exception of the
         * context's Python code that it lets through ends the call too.
         */
        public Builder interruptHandler(BooleanSupplier handler) {
            interruptHandler = Objects.requireNonNull(handler, "handler");
            return this;
        }

        /**
         * Whom scripts trust, and who they are, by TLS: the default contexts of Python's {@code ssl} module, which
         * {@code ssl.create_default_context()} gives, use {@code context} with its trust store, its keys and its rules; those of servers do
         * after {@code load_default_certs}. A script that loads certificates or a key of its own into a context has those, and nothing of
         * {@code context}.
         *
         * @param context initialized, of any provider
         * @throws IllegalStateException where it is not initialized
         */
        public Builder sslContext(SSLContext context) {
            Objects.requireNonNull(context, "context");
            // Throws for one that cannot be used: here, and not in a script's first handshake.
            context.createSSLEngine();
            sslContext = context;
            return this;
        }

        /** Installs: see {@link PySockets#install}. */
        public PySockets install(Context context) {
            Objects.requireNonNull(context, "context");
            ClassPreloading.once();
            SocketStack chosen = stack == null ? LinuxStack.open() : stack;
            return new PySockets(Installation.install(
                    context,
                    numbering -> new SocketRuntime(chosen, numbering, foreignDescriptors, interruptHandler),
                    sslContext));
        }
    }
}
