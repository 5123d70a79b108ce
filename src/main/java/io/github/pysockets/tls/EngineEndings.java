package io.github.pysockets.tls;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * Lets an engine of TLS 1.2 go on sending after its peer's close_notify, as one of TLS 1.3 does and as OpenSSL does.
 *
 * <p>JSSE's engine ends its own side at once, as RFC 5246, section 7.2.1, asks for, and asks for that which version the
 * connection has. So it sees the later one while it opens the alert. That is open to us where the JVM was started with
 * {@code --add-opens java.base/sun.security.ssl=ALL-UNNAMED}, as the command is.
 */
final class EngineEndings {
    private static final EngineEndings OPEN = find();

    private final Field connection;
    private final Field version;
    private final Object later;

    private EngineEndings() throws ReflectiveOperationException {
        connection = Class.forName("sun.security.ssl.SSLEngineImpl").getDeclaredField("conContext");
        version = connection.getType().getDeclaredField("protocolVersion");
        Field constant = version.getType().getDeclaredField("TLS13");
        connection.setAccessible(true);
        version.setAccessible(true);
        constant.setAccessible(true);
        later = constant.get(null);
    }

    private static EngineEndings find() {
        try {
            return new EngineEndings();
        } catch (ReflectiveOperationException | RuntimeException notOpen) {
            return null;
        }
    }

    /** Opens a record of TLS 1.2 with an alert, outside of a handshake. */
    static SSLEngineResult unwrapAlert(SSLEngine engine, ByteBuffer record, ByteBuffer into) throws SSLException {
        if (OPEN == null || !OPEN.connection.getDeclaringClass().isInstance(engine)) {
            return engine.unwrap(record, into);
        }
        try {
            Object known = OPEN.connection.get(engine);
            Object agreed = OPEN.version.get(known);
            OPEN.version.set(known, OPEN.later);
            try {
                return engine.unwrap(record, into);
            } finally {
                OPEN.version.set(known, agreed);
            }
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
