package io.github.pysockets.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The JVM's signal handlers: {@code sun.misc.Signal} of the module jdk.unsupported. Reached by reflection, because
 * javac warns of that class, and the warning cannot be turned off.
 */
final class JvmSignals {
    /** All signals that a JVM may know, on any system. */
    private static final List<String> NAMES = List.of(
            "ABRT", "ALRM", "BREAK", "BUS", "CHLD", "CONT", "FPE", "HUP", "ILL", "INFO", "INT", "IO", "KILL", "PIPE",
            "PROF",
            "PWR", "QUIT", "SEGV", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU", "URG", "USR1", "USR2",
            "VTALRM", "WINCH", "XCPU", "XFSZ");

    private final Map<Integer, Object> byNumber = new HashMap<>();
    private final Class<?> handlerType;
    private final Method replace;
    private final Object ignored;

    JvmSignals() {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            handlerType = Class.forName("sun.misc.SignalHandler");
            replace = signalType.getMethod("handle", signalType, handlerType);
            ignored = handlerType.getField("SIG_IGN").get(null);
            for (String name : NAMES) {
                add(signalType, name);
            }
        } catch (ReflectiveOperationException absent) {
            throw new IllegalStateException("this JVM has no sun.misc.Signal", absent);
        }
    }

    private void add(Class<?> signalType, String name) throws ReflectiveOperationException {
        try {
            Object signal = signalType.getConstructor(String.class).newInstance(name);
            byNumber.put((Integer) signalType.getMethod("getNumber").invoke(signal), signal);
        } catch (InvocationTargetException unknown) {
            if (!(unknown.getCause() instanceof IllegalArgumentException)) {
                throw unknown;
            }
        }
    }

    /**
     * Installs a handler.
     *
     * @return the one before, or null where the JVM has no such signal, or keeps it for itself
     */
    Object replace(int number, Runnable handler) {
        return set(number, Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {handlerType},
                (self, method, arguments) -> switch (method.getName()) {
                    case "handle" -> {
                        handler.run();
                        yield null;
                    }
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    default -> "handler of signal " + number;
                }));
    }

    /** Has a signal ignored; the result is as that of {@link #replace}. */
    Object ignore(int number) {
        return set(number, ignored);
    }

    /** Installs a handler that another method returned; the result is as that of {@link #replace}. */
    Object restore(int number, Object handler) {
        return set(number, handler);
    }

    /** The numbers of all signals that the JVM knows, by their names without the "SIG". */
    static Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new HashMap<>();
        new JvmSignals().byNumber.forEach((number, signal) -> {
            // "SIGINT"
            numbers.put(signal.toString().substring(3), number);
        });
        return numbers;
    }

    /** The number of a signal, by its name without the "SIG"; 0 where the JVM has no such signal. */
    static int number(String name) {
        return numbers().getOrDefault(name, 0);
    }

    /** Sends a signal to this process; false where the JVM has no such signal. */
    boolean send(int number) {
        Object signal = byNumber.get(number);
        if (signal == null) {
            return false;
        }
        try {
            signal.getClass().getMethod("raise", signal.getClass()).invoke(null, signal);
            return true;
        } catch (InvocationTargetException refused) {
            return false;
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether the JVM has such a signal. */
    boolean isKnown(int number) {
        return byNumber.containsKey(number);
    }

    private Object set(int number, Object handler) {
        Object signal = byNumber.get(number);
        if (signal == null) {
            return null;
        }
        try {
            return replace.invoke(null, signal, handler);
        } catch (InvocationTargetException thrown) {
            if (thrown.getCause() instanceof IllegalArgumentException) {
                return null;
            }
            throw new IllegalStateException("sun.misc.Signal failed", thrown.getCause());
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
