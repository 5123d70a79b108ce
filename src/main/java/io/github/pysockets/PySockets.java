package io.github.pysockets;

import io.github.pysockets.graalpy.Installation;
import io.github.pysockets.observe.ObservedStack;
import io.github.pysockets.observe.SocketListener;
import io.github.pysockets.observe.SocketStatistics;
import io.github.pysockets.policy.NetworkPolicy;
import io.github.pysockets.policy.Refused;
import io.github.pysockets.proxy.Proxy;
import io.github.pysockets.quota.Quota;
import io.github.pysockets.resolver.NameResolver;
import io.github.pysockets.python.SearchRule;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.stack.SocketStack;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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
 * <p>An object of this class stands for the sockets of one context. Closing it closes all of them, ends calls that wait
 * on them, and refuses new ones. Contexts do not see each other's sockets.
 */
public final class PySockets implements AutoCloseable {
    /** The common start of the names of all classes whose functions Python code calls. */
    private static final String CALLED = Installation.class.getPackageName() + ".";

    private final SocketRuntime runtime;
    private final ObservedStack observed;

    private PySockets(SocketRuntime runtime, ObservedStack observed) {
        this.runtime = runtime;
        this.observed = observed;
    }

    /**
     * Installs the socket module on the operating system's sockets. Must be called before the first script runs in the
     * context.
     *
     * <p>The system property {@code pysockets.stack} or else the environment variable {@code PYSOCKETS_STACK} can name
     * the stack: {@code linux} or {@code nio}. Without either it is the first that can be opened.
     *
     * @throws IllegalArgumentException where the context has no Python, or a stack is named that does not exist
     * @throws IllegalStateException where the context is closed, cannot use Java as {@link #hostAccess} allows it, or
     *     has imported a socket module already, or where a stack is named that needs native access and the JVM denies
     *     it; the message says what to do
     * @throws UnsupportedOperationException where a stack is named that is not for this system
     */
    public static PySockets install(Context context) {
        return builder().install(context);
    }

    /** Returns a builder for an installation with options. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The least access that scripts need: the functions of PySockets and the contents of its buffers, nothing else of
     * the host. A context that needs more access builds on {@link HostAccess.Builder} with
     * {@code allowAccessAnnotatedBy(HostAccess.Export.class)} and {@code allowBufferAccess(true)}, without
     * {@code methodScoping}: PySockets keeps what scripts pass to it.
     */
    public static HostAccess hostAccess() {
        return HostAccess.newBuilder(HostAccess.EXPLICIT).allowBufferAccess(true).build();
    }

    /**
     * Returns the number that scripts of the context use for a descriptor of the process. It is the same number where
     * GraalPy has its native POSIX backend, otherwise a higher one. Scripts may use it only if
     * {@link Builder#foreignDescriptors} allows it.
     *
     * @param processNumber the operating system's number, zero or more
     */
    public int descriptor(int processNumber) {
        return runtime.scriptNumber(processNumber);
    }

    /**
     * Whether the current thread is in a function of PySockets that Python code has called. Python code can run there
     * as a callback, for example for the contents of a buffer. That is no place to run a signal handler: its exception
     * would pass through Java.
     */
    public static boolean isInsideCall() {
        // Not asked in the package of those functions: the walk would find the question itself there.
        return StackWalker.getInstance()
                .walk(frames -> frames.anyMatch(frame -> frame.getClassName().startsWith(CALLED)));
    }

    /**
     * Sends one byte on a socket of the context, at once or not at all. {@code signal.set_wakeup_fd} needs it where the
     * process has no descriptor for the socket.
     *
     * @param number the scripts' number for the socket
     * @return 0, or the errno: EAGAIN where there is no room, EBADF where it is no socket of the context
     */
    public int sendNow(int number, byte value) {
        return runtime.sendNow(number, value);
    }

    /**
     * Interrupts a thread if it waits in one of this context's calls, and does nothing otherwise. To the call it is as
     * {@link Thread#interrupt}, and {@link Builder#interruptHandler} decides what follows. The thread's interrupt
     * status stays as it is, so that nothing but the wait can be hit, whatever the thread does a moment later.
     *
     * @return whether the thread was waiting
     */
    public boolean interruptWait(Thread thread) {
        return runtime.interruptWait(Objects.requireNonNull(thread, "thread"));
    }

    /**
     * As above, but asks a handler of this interrupt only. So it can be told from interrupts with other causes.
     *
     * @param handler asked on the waiting thread, as {@link Builder#interruptHandler} says
     * @return whether the thread was waiting
     */
    public boolean interruptWait(Thread thread, BooleanSupplier handler) {
        return runtime.interruptWait(
                Objects.requireNonNull(thread, "thread"), Objects.requireNonNull(handler, "handler"));
    }

    /**
     * What the context's scripts have done with sockets so far. Can be asked at any time, also after
     * {@link #close}, on any thread; scripts do not wait for it.
     */
    public SocketStatistics statistics() {
        return observed.statistics();
    }

    /**
     * Closes every socket of the context. Waiting calls fail with EBADF, as does every later call. Returns within 100
     * ms, whatever scripts have done: a socket that a call still uses by then is closed when the call ends.
     */
    @Override
    public void close() {
        runtime.close();
    }

    /** The options of an installation. */
    public static final class Builder {
        private final RuntimeOptions options = new RuntimeOptions();

        private Builder() {}

        /** Uses this stack, whatever the system property and the environment name: see {@link PySockets#install}. */
        public Builder stack(SocketStack chosen) {
            options.stack().stack(chosen);
            return this;
        }

        /**
         * Sets what scripts may reach. What is not allowed fails with PermissionError (EACCES). The default is no
         * policy: everything that the process can reach.
         *
         * <p>A policy is about what goes through PySockets. It says nothing of other ways into the network that the
         * application leaves open: access to Java's classes, sockets of the host,
         * native code, processes.
         */
        public Builder policy(NetworkPolicy policy) {
            options.stack().policy(policy);
            return this;
        }

        /**
         * Sets a proxy through which TCP connections of scripts go. Scripts know nothing of it; a policy judges their
         * true targets.
         */
        public Builder proxy(Proxy proxy) {
            options.stack().proxy(proxy);
            return this;
        }

        /**
         * Limits how much of the network scripts may use. Given to several contexts, the limits are for all of them
         * together, and what one uses the others lack. The default is no limit.
         */
        public Builder quota(Quota quota) {
            options.stack().quota(quota);
            return this;
        }

        /** Sets who answers what scripts ask about names of hosts. The default is the system's name service. */
        public Builder resolver(NameResolver resolver) {
            options.stack().resolver(resolver);
            return this;
        }

        /**
         * Sets who is told of each thing that the policy refuses. It is called on the script's thread. What it throws
         * goes to the log, the first time.
         */
        public Builder onRefusal(Consumer<Refused> told) {
            options.stack().onRefusal(told);
            return this;
        }

        /** Sets what tells this context from others in events and statistics. The default is an empty text. */
        public Builder label(String label) {
            options.stack().label(label);
            return this;
        }

        /** Sets who is told of what scripts do with sockets, inside their calls. The default is nobody. */
        public Builder listener(SocketListener listener) {
            options.stack().listener(listener);
            return this;
        }

        /**
         * Sets whether scripts may use any descriptor of the process, as in {@code socket.socket(fileno=n)} with a
         * number that came from elsewhere: see {@link PySockets#descriptor}. The default is no: the process's own files
         * and connections are descriptors too.
         */
        public Builder foreignDescriptors(boolean allowed) {
            options.foreignDescriptors(allowed);
            return this;
        }

        /**
         * Sets what an interrupt of a waiting thread means. The handler is asked on that thread. It returns true to
         * wait on, as after a signal whose handler has run (PEP 475), or false to end the call with InterruptedError.
         * The default is false. An exception of the context's Python code that the handler lets through ends the call
         * too.
         */
        public Builder interruptHandler(BooleanSupplier handler) {
            options.interruptHandler(handler);
            return this;
        }

        /**
         * Sets whether the garbage collector is made to look for sockets and files that the script has dropped, while a
         * call of the script waits for longer than 50 ms. CPython closes them at once, and programs written for it may
         * wait for the effect: for the peer, which waits for the end of the connection.
         *
         * <p>The default is no. A dropped socket is then closed when the collector next runs by itself. Each search is
         * one {@link System#gc}, for the whole process: at most about three percent of the time, unless each finds
         * many.
         */
        public Builder closeDroppedWhileWaiting(boolean closes) {
            options.search(closes ? SearchRule.WAITING : SearchRule.NEVER);
            return this;
        }

        /**
         * Sets whether dropped sockets and files are closed while the process uses hardly any processor time, whatever
         * it waits for. That is for a process that runs one script and nothing else, as the {@code pysockets} command
         * does: a daemon thread enters the context to close files, also while the application closes the context. The
         * default is no.
         */
        public Builder closeDroppedWhileIdle(boolean closes) {
            options.search(closes ? SearchRule.IDLE : SearchRule.NEVER);
            return this;
        }

        /**
         * Sets whether the time of scripts is that of the stack, where that has a clock of its own, as a network in
         * memory has. Then {@code time.time}, {@code time.monotonic}, {@code time.perf_counter}, {@code time.sleep} and
         * what is made of them, such as {@code loop.time()} of asyncio and {@code datetime.now()}, follow that clock,
         * and so do the waits of {@code threading}. The default is yes. It changes nothing on other stacks.
         */
        public Builder stackTime(boolean follows) {
            options.stackTime(follows);
            return this;
        }

        /**
         * Sets whom scripts trust in TLS, and who they are. The default contexts of Python's {@code ssl} module, as
         * from {@code ssl.create_default_context()}, use {@code context} with its trust store, its keys and its rules.
         * Those of servers do so after {@code load_default_certs}. Where a script loads its own certificates or key
         * into a context, that context has those, and nothing of {@code context}.
         *
         * @param context initialized, of any provider
         * @throws IllegalStateException where it is not initialized
         */
        public Builder sslContext(SSLContext context) {
            options.sslContext(context);
            return this;
        }

        /** Installs: see {@link PySockets#install}. */
        public PySockets install(Context context) {
            Objects.requireNonNull(context, "context");
            ClassPreloading.once();
            ObservedStack observed = options.open();
            SocketRuntime runtime =
                    Installation.install(context, options.runtimes(observed), options.sslContext(),
                            options.stackTime());
            return new PySockets(runtime, observed);
        }
    }
}
