package io.github.pysockets.tls;

import io.github.pysockets.tls.cert.OpenSslException;

/** Reads a client's first message ahead of the engine: what it says decides which engine there will be. */
final class ClientHelloReader {
    private static final int CLIENT_HELLO = 1;
    private static final int HEADER = 4;

    /** The longest message that JSSE takes, far longer than clients need. */
    private static final int MOST = Integer.getInteger("jdk.tls.maxHandshakeMessageSize", 32_768);

    private final Inbound inbound;
    private final HandshakeBuffer message = new HandshakeBuffer();
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
            message.append(content);
            scanned += inbound.size(scanned);
            if (message.array()[0] != CLIENT_HELLO) {
                throw OpenSslException.ssl("UNEXPECTED_MESSAGE");
            }
        }
        return Inbound.COMPLETE;
    }

    /** How many bytes the message still lacks, as far as is known. */
    private int missing() throws OpenSslException {
        int size = message.size();
        if (size < HEADER) {
            return HEADER - size;
        }
        ByteReader header = message.reader();
        header.skip(1);
        int length = header.number(3);
        if (length > MOST) {
            throw OpenSslException.ssl("EXCESSIVE_MESSAGE_SIZE");
        }
        return HEADER + length - size;
    }

    ClientHello parsed() throws OpenSslException {
        return ClientHello.parse(message.array(), 0, message.size());
    }
}
