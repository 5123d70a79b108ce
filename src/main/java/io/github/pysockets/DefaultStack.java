package io.github.pysockets;

import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.nio.NioStack;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.virtual.VirtualStack;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The stack of those who choose none in Java: the one that the system property {@code pysockets.stack} names, or else
 * the environment variable {@code PYSOCKETS_STACK}. Without either it is the operating system's own, or where there is
 * none for this system, or the JVM denies native access, the portable one. The one in memory is only taken by name;
 * whoever opens it has it to himself.
 */
final class DefaultStack {
    private static final System.Logger LOG = System.getLogger("io.github.pysockets");
    /** Whether the log has it that the stack is not the best one. */
    private static final AtomicBoolean TOLD = new AtomicBoolean();

    private static final String PROPERTY = "pysockets.stack";
    private static final String VARIABLE = "PYSOCKETS_STACK";

    private DefaultStack() {}

    /**
     * Opens it.
     *
     * @throws IllegalArgumentException where no stack has the name
     * @throws IllegalStateException where the named stack needs native access, and the JVM denies it
     * @throws UnsupportedOperationException where the named stack is not for this system
     */
    static SocketStack open() {
        String property = System.getProperty(PROPERTY, "");
        return property.isEmpty()
                ? open(VARIABLE, System.getenv().getOrDefault(VARIABLE, ""), LinuxStack::open, NioStack::open,
                        VirtualStack::open)
                : open(PROPERTY, property, LinuxStack::open, NioStack::open, VirtualStack::open);
    }

    /** @param name the stack's, as {@code source} has it; empty for none */
    static SocketStack open(
            String source, String name, Supplier<? extends SocketStack> linux, Supplier<? extends SocketStack> nio,
            Supplier<? extends SocketStack> virtual) {
        return switch (name) {
            case "" -> firstOf(linux, nio);
            case "linux" -> linux.get();
            case "nio" -> nio.get();
            case "virtual" -> virtual.get();
            default -> throw new IllegalArgumentException(
                    source + " names no stack: it must be linux, nio or virtual, and is \"" + name + "\".");
        };
    }

    private static SocketStack firstOf(Supplier<? extends SocketStack> linux, Supplier<? extends SocketStack> nio) {
        try {
            return linux.get();
        } catch (UnsupportedOperationException anotherSystem) {
            return nio.get();
        } catch (IllegalStateException denied) {
            if (!TOLD.getAndSet(true)) {
                LOG.log(Level.WARNING, denied.getMessage() + " Until then sockets are Java's own, which have less.");
            }
            return nio.get();
        }
    }
}
