package io.github.pysockets.tls;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import javax.net.ssl.SSLEngine;

/**
 * Makes an engine tell its peer an alert of our choice. JSSE's engines choose their alerts themselves, and for a
 * client's certificate have only one. Their own method is open to us where the JVM was started with
 * {@code --add-opens java.base/sun.security.ssl=ALL-UNNAMED}, as the command is. Elsewhere JSSE's choice stands.
 */
final class EngineAlerts {
    private static final EngineAlerts OPEN = find();

    private final Field connection;
    private final Method alertOf;
    private final Method fatal;
    private final Field output;
    private final Method encode;

    private EngineAlerts() throws ReflectiveOperationException {
        connection = Class.forName("sun.security.ssl.SSLEngineImpl").getDeclaredField("conContext");
        Class<?> alert = Class.forName("sun.security.ssl.Alert");
        alertOf = alert.getDeclaredMethod("valueOf", byte.class);
        fatal = connection.getType().getDeclaredMethod("fatal", alert, String.class);
        output = connection.getType().getDeclaredField("outputRecord");
        encode = output.getType().getDeclaredMethod("encodeAlert", byte.class, byte.class);
        output.setAccessible(true);
        encode.setAccessible(true);
        connection.setAccessible(true);
        alertOf.setAccessible(true);
        fatal.setAccessible(true);
    }

    private static EngineAlerts find() {
        try {
            return new EngineAlerts();
        } catch (ReflectiveOperationException | RuntimeException notOpen) {
            return null;
        }
    }

    /** As {@link #fatal}, but the engine goes on, and its session can be resumed. */
    static boolean send(SSLEngine engine, int number) {
        return send(engine, Alerts.FATAL, number);
    }

    /** Leaves the record with an alert to be wrapped. Gives whether that can be done. */
    static boolean send(SSLEngine engine, int level, int number) {
        if (!canBeUsedWith(engine)) {
            return false;
        }
        try {
            OPEN.encode.invoke(OPEN.output.get(OPEN.connection.get(engine)), (byte) level, (byte) number);
            return true;
        } catch (ReflectiveOperationException failed) {
            return false;
        }
    }

    private static boolean canBeUsedWith(SSLEngine engine) {
        return OPEN != null && OPEN.connection.getDeclaringClass().isInstance(engine);
    }

    /**
     * Breaks the connection, and leaves the record with the alert to be wrapped.
     *
     * @return whether that can be done here, and with this engine
     */
    static boolean fatal(SSLEngine engine, int number, String why) {
        if (!canBeUsedWith(engine)) {
            return false;
        }
        try {
            Object alert = OPEN.alertOf.invoke(null, (byte) number);
            OPEN.fatal.invoke(OPEN.connection.get(engine), alert, why);
            return true;
        } catch (InvocationTargetException thrown) {
            // The method always throws what it makes of the alert.
            return true;
        } catch (IllegalAccessException impossible) {
            return false;
        }
    }
}
