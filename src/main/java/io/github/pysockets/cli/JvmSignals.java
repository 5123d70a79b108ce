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
    /** All signals for which Python code can have a handler in GraalPy. */
    private static final List<String> NAMES = List.of(
            "ABRT", "ALRM", "BUS", "CHLD", "CONT", "FPE", "HUP", "ILL", "INFO", "INT", "IO", "KILL", "PIPE", "PROF",
            "PWR", "QUIT", "SEGV", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU", "URG", "USR1", "USR2",
            "VTALRM", "WINCH", "XCPU", "XFSZ");

    private final Map<Integer, Object> byNumber = new HashMap<>();
    private final Class<?> handlerType;
    private final Method replace;
    private final Method call;
    private final Object defaultAction;
    private final Object ignoring;

    JvmSignals() {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            handlerType = Class.forName("sun.misc.SignalHandler");
            replace = signalType.getMethod("handle", signalType, handlerType);
            call = handlerType.getMethod("handle", signalType);
            defaultAction = handlerType.getField("SIG_DFL").get(null);
            ignoring = handlerType.getField("SIG_IGN").get(null);
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
     * @return the one before
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

    /** Installs a handler that {@link #replace} returned. */
    void restore(int number, Object handler) {
        set(number, handler);
    }

    /** Has the system do what it does without a handler, unless the signal is ignored. Under -Xrs it does already. */
    void restoreDefault(int number) {
        try {
            Object before = set(number, defaultAction);
            if (before.equals(ignoring)) {
                set(number, ignoring);
            }
        } catch (IllegalStateException leftToTheSystem) {
            // Nothing to restore.
        }
    }

    /** Calls a handler that {@link #replace} returned. */
    void call(int number, Object handler) {
        invoke(call, handler, signal(number));
    }

    private Object set(int number, Object handler) {
        return invoke(replace, null, signal(number), handler);
    }

    private Object signal(int number) {
        Object signal = byNumber.get(number);
        if (signal == null) {
            throw new IllegalArgumentException("no handler can be set for signal " + number);
        }
        return signal;
    }

    private static Object invoke(Method method, Object target, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw new IllegalStateException("sun.misc.Signal failed", thrown.getCause());
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
