package io.github.pysockets.cli;

import com.oracle.truffle.api.CompilerDirectives.TruffleBoundary;
import com.oracle.truffle.api.TruffleSafepoint;
import com.oracle.truffle.api.nodes.Node;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Acquires a lock of GraalPy by a deadline. Handlers of signals run meanwhile; what one raises ends the wait.
 *
 * <p>A function of the node that asks, the lock, and the arguments {@code blocking} and {@code timeout}. The result is
 * whether the lock was acquired, or null where GraalPy is to decide: there is no time to wait, or it is wrong.
 */
final class LockWait implements Function<Object[], Object> {
    private static final String GRAALPY = "com.oracle.graal.python.";

    /** In seconds: GraalPy's {@code threading.TIMEOUT_MAX}. */
    private static final double LONGEST = 1L << 31;

    private static final double NANOS_OF_SECOND = TimeUnit.SECONDS.toNanos(1);

    /** What a wait of GraalPy's locks is: one of two classes of the JDK. */
    private final Field semaphore;

    private final Field reentrant;
    private final Object interpreterLock;
    private final Method releaseInterpreter;
    private final Method acquireInterpreter;

    LockWait() throws ReflectiveOperationException {
        semaphore = field("PLock", "semaphore");
        reentrant = field("PRLock", "lock");
        Class<?> lock = Class.forName(GRAALPY + "runtime.GilNode");
        interpreterLock = lock.getMethod("getUncached").invoke(null);
        releaseInterpreter = lock.getMethod("release", boolean.class);
        acquireInterpreter = lock.getMethod("acquire");
    }

    private static Field field(String type, String name) throws ReflectiveOperationException {
        Field field = Class.forName(GRAALPY + "builtins.objects.thread." + type).getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    @Override
    @TruffleBoundary
    public Object apply(Object[] arguments) {
        double seconds = arguments[3] instanceof Number number ? number.doubleValue() : 0;
        if (!(seconds > 0 && seconds <= LONGEST) || !isTrue(arguments[2])) {
            return null;
        }
        try {
            return acquire((Node) arguments[0], arguments[1], (long) Math.ceil(seconds * NANOS_OF_SECOND));
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** False for what GraalPy has to find out, too. An omitted argument is neither a number nor a bool. */
    private static boolean isTrue(Object blocking) {
        return switch (blocking) {
            case Boolean value -> value;
            case Number value -> value.doubleValue() != 0;
            default -> blocking.getClass().getSimpleName().equals("PNone");
        };
    }

    private Boolean acquire(Node node, Object lock, long nanos) throws ReflectiveOperationException {
        if (semaphore.getDeclaringClass().isInstance(lock)) {
            Semaphore permit = (Semaphore) semaphore.get(lock);
            return permit.tryAcquire() || acquire(node, left -> permit.tryAcquire(left, TimeUnit.NANOSECONDS), nanos);
        }
        if (reentrant.getDeclaringClass().isInstance(lock)) {
            ReentrantLock owned = (ReentrantLock) reentrant.get(lock);
            return owned.tryLock() || acquire(node, left -> owned.tryLock(left, TimeUnit.NANOSECONDS), nanos);
        }
        return null;
    }

    /** One wait. A signal interrupts it, and it is called again. */
    private interface Attempt {
        boolean within(long nanos) throws InterruptedException;
    }

    private boolean acquire(Node node, Attempt attempt, long nanos) throws ReflectiveOperationException {
        long end = System.nanoTime() + nanos;
        boolean[] acquired = new boolean[1];
        call(releaseInterpreter, true);
        try {
            TruffleSafepoint.setBlockedThreadInterruptible(node,
                    wait -> acquired[0] = wait.within(end - System.nanoTime()), attempt);
        } finally {
            call(acquireInterpreter);
        }
        return acquired[0];
    }

    /** Calls what may end by an exception of Python code, such as that of a signal's handler. */
    private void call(Method method, Object... arguments) throws ReflectiveOperationException {
        try {
            method.invoke(interpreterLock, arguments);
        } catch (InvocationTargetException thrown) {
            switch (thrown.getCause()) {
                case RuntimeException ofPython -> throw ofPython;
                case Error error -> throw error;
                default -> throw thrown;
            }
        }
    }
}
