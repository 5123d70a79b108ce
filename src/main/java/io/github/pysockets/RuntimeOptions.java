package io.github.pysockets;

import io.github.pysockets.observe.ObservedStack;
import io.github.pysockets.python.Numbering;
import io.github.pysockets.python.SearchRule;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.stack.SocketStack;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** The options that {@link PySockets.Builder} and {@link JythonSockets.Builder} have in common; they tell of each. */
final class RuntimeOptions {
    private final StackOptions stack = new StackOptions();
    private boolean foreignDescriptors;
    private BooleanSupplier interruptHandler = () -> false;
    private SSLContext sslContext;
    private SearchRule search = SearchRule.NEVER;
    private boolean stackTime = true;

    /** What the stack is made of. */
    StackOptions stack() {
        return stack;
    }

    void foreignDescriptors(boolean allowed) {
        foreignDescriptors = allowed;
    }

    void interruptHandler(BooleanSupplier handler) {
        interruptHandler = Objects.requireNonNull(handler, "handler");
    }

    void stackTime(boolean follows) {
        stackTime = follows;
    }

    /** Whether the time of scripts is that of the stack. */
    boolean stackTime() {
        return stackTime;
    }

    void search(SearchRule rule) {
        search = rule;
    }

    /** @throws IllegalStateException where it is not initialized */
    void sslContext(SSLContext context) {
        Objects.requireNonNull(context, "context");
        // Throws for an unusable context here, and not in a script's first handshake.
        context.createSSLEngine();
        sslContext = context;
    }

    /** The application's own context for TLS; null for none. */
    SSLContext sslContext() {
        return sslContext;
    }

    /**
     * Opens the stack.
     *
     * @throws IllegalArgumentException where the system property or the environment names no stack
     * @throws IllegalStateException where it names one that needs native access, and the JVM denies it
     * @throws UnsupportedOperationException where it names one that is not for this system
     */
    ObservedStack open() {
        return stack.build();
    }

    /** What makes a runtime on a stack. */
    Function<Numbering, SocketRuntime> runtimes(SocketStack opened) {
        return numbering -> new SocketRuntime(opened, numbering, foreignDescriptors, interruptHandler, search);
    }
}
