package io.github.pysockets.tls;

import io.github.pysockets.tls.cert.OpenSslException;
import java.nio.charset.StandardCharsets;

/** The first bytes of a record: type, version, length of what follows. See RFC 8446, section 5.1. */
final class RecordHeader {
    static final int LENGTH = 5;

    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int APPLICATION_DATA = 23;

    /** The most plain bytes in a record. */
    static final int MOST_PLAIN = 16_384;

    private static final int MAJOR_VERSION = 3;
    private static final int SSL2_CLIENT_HELLO = 1;
    private static final int LEAST_OF_SSL2 = 9;

    /** What OpenSSL has room for: 2^14 bytes of content, what encryption may add, and a little more. */
    private static final int MOST = 16_704;

    private RecordHeader() {}

    /** One of the types above, in every valid record. */
    static int type(byte[] bytes, int at) {
        return bytes[at] & 0xFF;
    }

    /** How many bytes follow the header. */
    static int length(byte[] bytes, int at) {
        return (bytes[at + 3] & 0xFF) << 8 | bytes[at + 4] & 0xFF;
    }

    /**
     * What OpenSSL says of an invalid header.
     *
     * @param bytes with {@link #LENGTH} of them from {@code at}
     * @param server whether the record comes to a server
     * @param proven whether a record came before: only the first one may be taken for another protocol
     * @return null where the header is valid
     */
    static OpenSslException problem(byte[] bytes, int at, boolean server, boolean proven) {
        if (bytes[at + 1] != MAJOR_VERSION) {
            return proven ? wrongVersion() : otherProtocol(bytes, at, server);
        }
        if (length(bytes, at) > MOST) {
            return OpenSslException.ssl("PACKET_LENGTH_TOO_LONG");
        }
        if (!proven && !canBeFirst(type(bytes, at), server)) {
            return OpenSslException.ssl("UNEXPECTED_MESSAGE");
        }
        return null;
    }

    /** A client has no reason for an alert before it has sent its hello. */
    private static boolean canBeFirst(int type, boolean server) {
        return type == HANDSHAKE || type == ALERT && !server;
    }

    /** How many bytes a valid hello in SSL 2's form has; 0 where it is none. */
    static int sizeOfSsl2(byte[] bytes, int at) {
        int length = (bytes[at] & 0x7F) << 8 | bytes[at + 1] & 0xFF;
        boolean valid =
                bytes[at] < 0 && bytes[at + 2] == SSL2_CLIENT_HELLO && length >= LEAST_OF_SSL2 && length <= MOST;
        return valid ? 2 + length : 0;
    }

    private static OpenSslException otherProtocol(byte[] bytes, int at, boolean server) {
        if (server && bytes[at] < 0 && bytes[at + 2] == SSL2_CLIENT_HELLO) {
            return ofSsl2((bytes[at] & 0x7F) << 8 | bytes[at + 1] & 0xFF);
        }
        String text = new String(bytes, at, LENGTH, StandardCharsets.ISO_8859_1);
        if (text.startsWith("GET ") || text.startsWith("PUT ") || text.equals("POST ") || text.equals("HEAD ")) {
            return OpenSslException.ssl("HTTP_REQUEST");
        }
        if (text.equals("CONNE")) {
            return OpenSslException.ssl("HTTPS_PROXY_REQUEST");
        }
        return wrongVersion();
    }

    /** A hello in SSL 2's form (RFC 5246, appendix E.2). OpenSSL answers one that offers TLS; Java does not. */
    private static OpenSslException ofSsl2(int length) {
        if (length > MOST) {
            return OpenSslException.ssl("PACKET_LENGTH_TOO_LONG");
        }
        if (length < LEAST_OF_SSL2) {
            return OpenSslException.ssl("LENGTH_TOO_SHORT");
        }
        return OpenSslException.ssl("UNSUPPORTED_PROTOCOL");
    }

    private static OpenSslException wrongVersion() {
        return OpenSslException.ssl("WRONG_VERSION_NUMBER");
    }
}
