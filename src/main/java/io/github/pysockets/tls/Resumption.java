package io.github.pysockets.tls;

import java.util.Arrays;

/**
 * Finds out whether a handshake resumes an earlier session. JSSE does not say it, but the unencrypted messages do: with
 * TLS 1.3 the server's hello has a pre_shared_key (RFC 8446, section 4.2.11), with older versions it repeats the
 * client's session id (RFC 5246, section 7.4.1.3).
 */
final class Resumption {
    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_HELLO = 2;
    private static final int ID_AT = 4 + 2 + 32;
    private static final int PRE_SHARED_KEY = 41;
    private static final int SUPPORTED_VERSIONS = 43;

    private byte[] sessionId = {};
    private boolean resumed;

    /** Whether an earlier session was resumed, as far as records were {@link #see seen}. */
    boolean isResumed() {
        return resumed;
    }

    /** Looks at a record of either direction, whose header is at {@code at}. */
    void see(byte[] array, int at, int length) {
        if (length < RecordHeader.LENGTH + ID_AT || array[at] != RecordHeader.HANDSHAKE) {
            return;
        }
        byte[] message = Arrays.copyOfRange(array, at + RecordHeader.LENGTH, at + length);
        switch (message[0]) {
            case CLIENT_HELLO -> sessionId = id(message);
            case SERVER_HELLO -> resumed |= resumes(message);
            default -> {
                // Only the two hellos matter.
            }
        }
    }

    private static byte[] id(byte[] hello) {
        int length = unsigned(hello, ID_AT);
        return Arrays.copyOfRange(hello, ID_AT + 1, ID_AT + 1 + length);
    }

    private boolean resumes(byte[] hello) {
        byte[] id = id(hello);
        // After the id: cipher suite (2), compression (1), length of the extensions (2).
        int at = ID_AT + 1 + id.length + 5;
        boolean later = false;
        while (at + 4 <= hello.length) {
            int type = unsigned(hello, at) << 8 | unsigned(hello, at + 1);
            if (type == PRE_SHARED_KEY) {
                return true;
            }
            later |= type == SUPPORTED_VERSIONS;
            at += 4 + (unsigned(hello, at + 2) << 8 | unsigned(hello, at + 3));
        }
        return !later && id.length > 0 && Arrays.equals(id, sessionId);
    }

    /** 0 past the end: the engine refuses such a message. */
    private static int unsigned(byte[] message, int at) {
        return at < message.length ? message[at] & 0xFF : 0;
    }
}
