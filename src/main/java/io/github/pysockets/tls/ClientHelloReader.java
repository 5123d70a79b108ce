package io.github.pysockets.tls;

import io.github.pysockets.tls.cert.OpenSslException;
import java.io.ByteArrayOutputStream;

/** Reads a client's first message ahead of the engine: what it says decides which engine there will be. */
final class ClientHelloReader {
    private static final int CLIENT_HELLO = 1;
    private static final int HEADER = 4;

    /** The longest message that JSSE takes, far longer than clients need. */
    private static final int MOST = 32_768;

    private final Inbound inbound;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream(512);
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
            message.writeBytes(content);
            scanned += inbound.size(scanned);
            if (message.size() > 0 && message.toByteArray()[0] != CLIENT_HELLO) {
                throw OpenSslException.ssl("UNEXPECTED_MESSAGE");
            }
        }
        return Inbound.COMPLETE;
    }

    /** How many bytes the message still lacks, as far as is known. */
    private int missing() throws OpenSslException {
        if (message.size() < HEADER) {
            return HEADER - message.size();
        }
        byte[] bytes = message.toByteArray();
        int length = (bytes[1] & 0xFF) << 16 | (bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF;
        if (length > MOST) {
            throw OpenSslException.ssl("EXCESSIVE_MESSAGE_SIZE");
        }
        return HEADER + length - message.size();
    }

    ClientHello parsed() throws OpenSslException {
        byte[] bytes = message.toByteArray();
        return ClientHello.parse(bytes, 0, bytes.length);
    }
}
