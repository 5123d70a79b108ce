package io.github.pysockets.tls;

import java.lang.reflect.Field;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSessionContext;

/**
 * Switches the tickets of TLS 1.2 off for one of JSSE's contexts, whose sessions are then known by their ids only. In
 * TLS 1.3 a ticket is then the name of a session that the server keeps. JSSE has a switch for the whole JVM. That of a
 * context is open to us where the JVM was started with {@code --add-opens java.base/sun.security.ssl=ALL-UNNAMED}, as
 * the command is.
 */
final class EngineTickets {
    private static final Field STATELESS = find();

    private EngineTickets() {}

    private static Field find() {
        try {
            Field field = Class.forName("sun.security.ssl.SSLSessionContextImpl").getDeclaredField("statelessSession");
            field.setAccessible(true);
            return field;
        } catch (ReflectiveOperationException | RuntimeException notOpen) {
            return null;
        }
    }

    /** Does so for both roles, if it can. */
    static void switchOff(SSLContext context) {
        for (SSLSessionContext sessions : List.of(context.getClientSessionContext(),
                context.getServerSessionContext())) {
            if (STATELESS != null && STATELESS.getDeclaringClass().isInstance(sessions)) {
                try {
                    STATELESS.setBoolean(sessions, false);
                } catch (IllegalAccessException impossible) {
                    throw new IllegalStateException(impossible);
                }
            }
        }
    }
}
