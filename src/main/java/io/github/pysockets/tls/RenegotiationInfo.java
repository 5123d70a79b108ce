package io.github.pysockets.tls;

import io.github.pysockets.tls.cert.OpenSslException;

/**
 * Looks whether the hello of a server says that it knows RFC 5746. One of TLS 1.2 that does not can be made to take the
 * beginning of a connection from somebody else. TLS 1.3 has no such flaw.
 */
final class RenegotiationInfo {
    private static final int HELLO_REQUEST = 0;
    private static final int SERVER_HELLO = 2;
    private static final int HEADER = 4;
    private static final int VERSION_AND_RANDOM = 2 + 32;
    private static final int SUITE_AND_COMPRESSION = 2 + 1;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final int RENEGOTIATION_INFO = 0xFF01;
    /** Bytes of the hello, which no server needs. */
    private static final int MOST = 1 << 17;

    private final HandshakeBuffer held = new HandshakeBuffer();
    private boolean done;

    /**
     * Looks at a record that has come.
     *
     * @throws OpenSslException where it completes the hello of a server that does not know RFC 5746
     */
    void see(int type, byte[] content) throws OpenSslException {
        if (done) {
            return;
        }
        if (type != RecordHeader.HANDSHAKE || held.size() + content.length > MOST) {
            // Nothing that the engine takes before the hello.
            done = true;
            return;
        }
        held.append(content);
        ByteReader messages = held.reader();
        while (messages.left() >= HEADER) {
            int before = messages.left();
            int kind = messages.number(1);
            ByteReader body = messages.vector(3);
            if (messages.overran()) {
                held.keepLast(before);
                return;
            }
            if (kind != HELLO_REQUEST) {
                done = true;
                if (kind == SERVER_HELLO && isLegacy(body)) {
                    throw OpenSslException.ssl("UNSAFE_LEGACY_RENEGOTIATION_DISABLED");
                }
                return;
            }
        }
        held.keepLast(messages.left());
    }

    private static boolean isLegacy(ByteReader hello) {
        hello.skip(VERSION_AND_RANDOM);
        hello.vector(1);
        hello.skip(SUITE_AND_COMPRESSION);
        if (hello.overran()) {
            // Left to the engine, which refuses it.
            return false;
        }
        ByteReader extensions = hello.vector(2);
        while (extensions.left() > 0) {
            int type = extensions.number(2);
            extensions.vector(2);
            if (type == SUPPORTED_VERSIONS || type == RENEGOTIATION_INFO) {
                return false;
            }
        }
        return true;
    }
}
