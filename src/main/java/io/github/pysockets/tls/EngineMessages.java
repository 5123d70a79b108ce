package io.github.pysockets.tls;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;

/**
 * Opens a record for an engine that does not get to see what is in it. An engine of TLS 1.2 cannot leave a hello alone:
 * it begins a handshake, or breaks the connection. Its cipher is open to us where the JVM was started with
 * {@code --add-opens java.base/sun.security.ssl=ALL-UNNAMED}, as the command is.
 */
final class EngineMessages {
    private static final EngineMessages OPEN = find();

    private final Field connection;
    private final Field input;
    private final Field cipher;
    private final Method decrypt;
    private final Field fragment;

    private EngineMessages() throws ReflectiveOperationException {
        connection = Class.forName("sun.security.ssl.SSLEngineImpl").getDeclaredField("conContext");
        input = connection.getType().getDeclaredField("inputRecord");
        cipher = input.getType().getDeclaredField("readCipher");
        decrypt = cipher.getType().getDeclaredMethod("decrypt", byte.class, ByteBuffer.class, byte[].class);
        fragment = decrypt.getReturnType().getDeclaredField("fragment");
        for (Field field : new Field[] {connection, input, cipher, fragment}) {
            field.setAccessible(true);
        }
        decrypt.setAccessible(true);
    }

    private static EngineMessages find() {
        try {
            return new EngineMessages();
        } catch (ReflectiveOperationException | RuntimeException notOpen) {
            return null;
        }
    }

    /** Whether that can be done here, and with this engine. */
    static boolean canOpen(SSLEngine engine) {
        return OPEN != null && OPEN.connection.getDeclaringClass().isInstance(engine);
    }

    /**
     * The plain content of a handshake record. The next record is the engine's again.
     *
     * @param content what the record has after its header; is overwritten
     * @return null where it is not genuine
     */
    static byte[] open(SSLEngine engine, byte[] content) {
        try {
            Object reading = OPEN.cipher.get(OPEN.input.get(OPEN.connection.get(engine)));
            Object opened =
                    OPEN.decrypt.invoke(reading, (byte) RecordHeader.HANDSHAKE, ByteBuffer.wrap(content), null);
            ByteBuffer plain = (ByteBuffer) OPEN.fragment.get(opened);
            byte[] bytes = new byte[plain.remaining()];
            plain.get(bytes);
            return bytes;
        } catch (InvocationTargetException refused) {
            return null;
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
