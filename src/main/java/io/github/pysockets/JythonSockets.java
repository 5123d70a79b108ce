package io.github.pysockets;

import io.github.pysockets.jython.JythonInstallation;
import io.github.pysockets.jython.SignalRestart;
import io.github.pysockets.observe.ObservedStack;
import io.github.pysockets.observe.SocketListener;
import io.github.pysockets.observe.SocketStatistics;
import io.github.pysockets.policy.NetworkPolicy;
import io.github.pysockets.policy.Refused;
import io.github.pysockets.proxy.Proxy;
import io.github.pysockets.quota.Quota;
import io.github.pysockets.resolver.NameResolver;
import io.github.pysockets.python.Numbering;
import io.github.pysockets.python.SearchRule;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.stack.SocketStack;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.python.core.PySystemState;
import org.python.util.PythonInterpreter;

/**
 * Python's socket module, implemented in Java, for the scripts of a Jython interpreter.
 *
 * <pre>{@code
 * try (PythonInterpreter interpreter = new PythonInterpreter(null, new PySystemState());
 *         JythonSockets sockets = JythonSockets.install(interpreter)) {
 *     interpreter.exec("import socket; ...");
 * }
 * }</pre>
 *
 * <p>An object of this class stands for the sockets of one interpreter: of one {@link PySystemState}, to be exact.
 * Closing it closes all of them, ends calls that wait on them, and refuses new ones. It is closed before its
 * interpreter, which waits for its threads. Interpreters do not see each other's sockets.
 */
public final class JythonSockets implements AutoCloseable {
    private final SocketRuntime runtime;
    private final ObservedStack observed;

    private JythonSockets(SocketRuntime runtime, ObservedStack observed) {
        this.runtime = runtime;
        this.observed = observed;
    }

    /**
     * Installs the modules {@code socket}, {@code select} and {@code ssl} on the operating system's sockets. Must be
     * called before the first script of the interpreter runs.
     *
     * <p>The system property {@code pysockets.stack} or else the environment variable {@code PYSOCKETS_STACK} can name
     * the stack: {@code linux} or {@code nio}. Without either it is the first that can be opened.
     *
     * @throws IllegalArgumentException where a stack is named that does not exist
     * @throws IllegalStateException where the interpreter has imported one of these modules already, or where a stack
     *     is named that needs native access and the JVM denies it; the message says what to do
     * @throws UnsupportedOperationException where a stack is named that is not for this system
     */
    public static JythonSockets install(PythonInterpreter interpreter) {
        return builder().install(interpreter);
    }

    /** Returns a builder for an installation with options. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Returns the number that scripts of the interpreter use for a descriptor of the process. Scripts may use it only
     * if {@link Builder#foreignDescriptors} allows it.
     *
     * @param processNumber the operating system's number, zero or more
     */
    public int descriptor(int processNumber) {
        return runtime.scriptNumber(processNumber);
    }

    /** Whether scripts may use the process's descriptors: the application allows it, and the stack has them. */
    public boolean usesProcessDescriptors() {
        return runtime.reachesProcess();
    }

    /**
     * Sends one byte on a socket of the interpreter, at once or not at all. {@code signal.set_wakeup_fd} needs it where
     * the process has no descriptor for the socket.
     *
     * @param number the scripts' number for the socket
     * @return 0, or the errno: EAGAIN where there is no room, EBADF where it is no socket of the interpreter
     */
    public int sendNow(int number, byte value) {
        return runtime.sendNow(number, value);
    }

    /**
     * Interrupts a thread if it waits in one of this interpreter's calls, and does nothing otherwise. To the call it is
     * as {@link Thread#interrupt}, and {@link Builder#interruptHandler} decides what follows. The thread's interrupt
     * status stays as it is.
     *
     * @return whether the thread was waiting
     */
    public boolean interruptWait(Thread thread) {
        return runtime.interruptWait(Objects.requireNonNull(thread, "thread"));
    }

    /**
     * Has signal handlers run on a thread that waits in one of this interpreter's calls; does nothing where it does
     * not. After them the call ends with EINTR, but for {@code sendall}, which goes on, as in CPython 2.7. An exception
     * of Python code that they let through ends the call.
     *
     * @return whether the thread was waiting
     */
    public boolean interruptWait(Thread thread, Runnable handlers) {
        Objects.requireNonNull(handlers, "handlers");
        return runtime.interruptWait(Objects.requireNonNull(thread, "thread"), () -> {
            boolean goesOn = SignalRestart.isOn();
            return SignalRestart.outside(() -> {
                handlers.run();
                return goesOn;
            });
        });
    }

    /**
     * What the interpreter's scripts have done with sockets so far. Can be asked at any time, also after
     * {@link #close}, on any thread; scripts do not wait for it.
     */
    public SocketStatistics statistics() {
        return observed.statistics();
    }

    /**
     * Closes every socket of the interpreter. Waiting calls fail with EBADF, as does every later call. Returns within
     * 100 ms, whatever scripts have done: a socket that a call still uses by then is closed when the call ends.
     */
    @Override
    public void close() {
        runtime.close();
    }

    /** The options of an installation. */
    public static final class Builder {
        private final RuntimeOptions options = new RuntimeOptions();

        private Builder() {}

        /** Uses this stack, whatever stack the system property or the environment names. */
        public Builder stack(SocketStack chosen) {
            options.stack().stack(chosen);
            return this;
        }

        /**
         * Sets what scripts may reach. What is not allowed fails with PermissionError (EACCES). The default is no
         * policy: everything that the process can reach.
         *
         * <p>A policy is about what goes through PySockets. It says nothing of other ways into the network that the
         * application leaves open: Jython gives scripts all classes of Java.
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
         * Limits how much of the network scripts may use. Given to several interpreters, the limits are for all of them
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

        /** Sets what tells this interpreter from others in events and statistics. The default is an empty text. */
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
         * Sets whether scripts may use any descriptor of the process, as in {@code socket.fromfd} with a number that
         * came from elsewhere: see {@link JythonSockets#descriptor}. The default is no.
         */
        public Builder foreignDescriptors(boolean allowed) {
            options.foreignDescriptors(allowed);
            return this;
        }

        /**
         * Sets what an interrupt of a waiting thread means. The handler is asked on that thread. It returns true to
         * wait on, or false to end the call with EINTR. The default is false. An exception of Python code that the
         * handler lets through ends the call too.
         */
        public Builder interruptHandler(BooleanSupplier handler) {
            Objects.requireNonNull(handler, "handler");
            options.interruptHandler(() -> SignalRestart.outside(handler));
            return this;
        }

        /** Sets whether dropped sockets are closed while a call waits: see {@link PySockets.Builder}. */
        public Builder closeDroppedWhileWaiting(boolean closes) {
            options.search(closes ? SearchRule.WAITING : SearchRule.NEVER);
            return this;
        }

        /**
         * Sets whom scripts trust in TLS, and who they are: the default contexts of the module {@code ssl} use it.
         *
         * @param context initialized, of any provider
         * @throws IllegalStateException where it is not initialized
         */
        public Builder sslContext(SSLContext context) {
            options.sslContext(context);
            return this;
        }

        /** Installs: see {@link JythonSockets#install}. */
        public JythonSockets install(PythonInterpreter interpreter) {
            Objects.requireNonNull(interpreter, "interpreter");
            PySystemState state = interpreter.getSystemState();
            ObservedStack observed = options.open();
            Function<Numbering, SocketRuntime> runtimes = options.runtimes(observed);
            SocketRuntime runtime = JythonInstallation.install(
                    state, () -> runtimes.apply(Numbering.APART), options.sslContext());
            return new JythonSockets(runtime, observed);
        }
    }
}
