package io.github.pysockets.tls;

import io.github.pysockets.tls.cert.OpenSslException;
import java.util.Arrays;

/** Reads a client's first message ahead of the engine: what it says decides which engine there will be. */
final class ClientHelloReader {
    private static final int CLIENT_HELLO = 1;
    private static final int HEADER = 4;

    /** The longest message that JSSE takes, far longer than clients need. */
    private static final int MOST = Integer.getInteger("jdk.tls.maxHandshakeMessageSize", 32_768);

    private final Inbound inbound;
    private byte[] message = new byte[512];
    private int size;
    private int scanned;

    ClientHelloReader(Inbound inbound) {
        this.inbound = inbound;
    }

    /**
     * Receives until the message is whole. Results are those of {@link Inbound#complete(int, int)}; the records stay
     * there for the engine.
     */
    int complete() throws OpenSslException {
        while (missing() > 0) {
            int result = inbound.complete(scanned, 0);
            if (result != Inbound.COMPLETE) {
                return result;
            }
            if (inbound.type(scanned) != RecordHeader.HANDSHAKE) {
                throw OpenSslException.ssl("UNEXPECTED_MESSAGE");
            }
            byte[] content = inbound.content(scanned);
            if (content.length == 0) {
                // RFC 8446, section 5.1, forbids it. A peer could send them for ever.
                throw OpenSslException.ssl("UNEXPECTED_MESSAGE");
            }
            append(content);
            scanned += inbound.size(scanned);
            if (message[0] != CLIENT_HELLO) {
                throw OpenSslException.ssl("UNEXPECTED_MESSAGE");
            }
        }
        return Inbound.COMPLETE;
    }

    private void append(byte[] content) {
        if (message.length - size < content.length) {
            message = Arrays.copyOf(message, Math.max(size + content.length, 2 * size));
        }
        System.arraycopy(content, 0, message, size, content.length);
        size += content.length;
    }

    /** How many bytes the message still lacks, as far as is known. */
    private int missing() throws OpenSslException {
        if (size < HEADER) {
            return HEADER - size;
        }
        int length = (message[1] & 0xFF) << 16 | (message[2] & 0xFF) << 8 | message[3] & 0xFF;
        if (length > MOST) {
            throw OpenSslException.ssl("EXCESSIVE_MESSAGE_SIZE");
        }
        return HEADER + length - size;
    }

    ClientHello parsed() throws OpenSslException {
        return ClientHello.parse(message, 0, size);
    }
}
