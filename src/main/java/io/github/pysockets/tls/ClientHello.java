package io.github.pysockets.tls;

import io.github.pysockets.tls.cert.OpenSslException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a client asks for in its first message. See RFC 8446, section 4.1.2.
 *
 * @param legacyVersion 0x0303 for TLS 1.2, and for TLS 1.3 with all versions in {@code versions}
 * @param versions the client's list, in order of preference; null where it has none
 * @param cipherSuites numbers, in order of preference
 * @param serverName as the client sent it, a byte for each character; null where it sent none
 * @param applicationProtocols in order of preference, a byte for each character; empty where it sent none
 * @param hasSessionId whether there is one: of a session to be resumed, or for middleboxes
 * @param hasPreSharedKey whether it offers to resume a session of TLS 1.3
 */
record ClientHello(
        int legacyVersion,
        int[] versions,
        int[] cipherSuites,
        String serverName,
        List<String> applicationProtocols,
        boolean hasSessionId,
        boolean hasPreSharedKey) {

    private static final int TYPE = 1;
    private static final int RANDOM = 32;
    private static final int MOST_OF_SESSION_ID = 32;
    private static final int MOST_OF_NAME = 255;
    private static final int LOWEST_MAJOR = 3;
    private static final int NONE = 0;
    private static final int SSL_3 = 0x0300;
    private static final int TLS_1_2 = 0x0303;

    /** TLS_FALLBACK_SCSV of RFC 7507: not a suite. The client has tried a newer version before, and failed. */
    private static final int FALLBACK = 0x5600;

    private static final int SERVER_NAME = 0;
    private static final int PROTOCOLS = 16;
    private static final int PRE_SHARED_KEY = 41;
    private static final int SUPPORTED_VERSIONS = 43;
    private static final Set<Integer> ONCE = Set.of(SERVER_NAME, PROTOCOLS, PRE_SHARED_KEY, SUPPORTED_VERSIONS);

    /**
     * What OpenSSL says of the versions that the client offers.
     *
     * @param lowest the oldest version that the server supports, 0x0303 for TLS 1.2
     * @param highest the newest
     * @return null where there is one that both support
     */
    OpenSslException versionProblem(int lowest, int highest) {
        if (versions != null && legacyVersion <= SSL_3) {
            return problem("BAD_LEGACY_VERSION");
        }
        int[] offered = versions == null ? new int[] {Math.min(legacyVersion, TLS_1_2)} : versions;
        IntStream spoken = IntStream.of(offered).filter(version -> version >= lowest && version <= highest);
        int best = spoken.max().orElse(NONE);
        if (best == NONE) {
            return problem(versions == null && legacyVersion == SSL_3 ? "VERSION_TOO_LOW" : "UNSUPPORTED_PROTOCOL");
        }
        boolean fallsBack = IntStream.of(cipherSuites).anyMatch(suite -> suite == FALLBACK);
        return fallsBack && best < highest ? problem("INAPPROPRIATE_FALLBACK") : null;
    }

    /**
     * Reads a handshake message, its header of four bytes included.
     *
     * @throws OpenSslException with OpenSSL's reason, where the bytes are not a whole and valid hello of a client
     */
    static ClientHello parse(byte[] message, int at, int length) throws OpenSslException {
        ByteReader whole = new ByteReader(message, at, length);
        if (whole.number(1) != TYPE) {
            throw OpenSslException.ssl("UNEXPECTED_MESSAGE");
        }
        ByteReader body = whole.vector(3);
        require(!whole.overran(), "LENGTH_MISMATCH");
        require(body.left() >= 2, "LENGTH_TOO_SHORT");
        int legacyVersion = body.number(2);
        body.skip(RANDOM);
        ByteReader sessionId = body.vector(1);
        ByteReader suites = body.vector(2);
        ByteReader compressions = body.vector(1);
        ByteReader extensions = body.left() == 0 ? body : body.vector(2);
        require(!body.overran() && body.left() == 0 && sessionId.left() <= MOST_OF_SESSION_ID, "LENGTH_MISMATCH");
        Extensions seen = new Extensions();
        seen.read(extensions);
        require(legacyVersion >>> 8 >= LOWEST_MAJOR, "VERSION_TOO_LOW");
        require(suites.left() > 0, "NO_CIPHERS_SPECIFIED");
        require(suites.left() % 2 == 0, "ERROR_IN_RECEIVED_CIPHER_LIST");
        require(compressions.contains(0), "NO_COMPRESSION_SPECIFIED");
        return new ClientHello(
                legacyVersion,
                seen.versions,
                suites.pairs(),
                seen.serverName,
                List.copyOf(seen.protocols),
                sessionId.left() > 0,
                seen.preSharedKey);
    }

    private static void require(boolean fulfilled, String reason) throws OpenSslException {
        if (!fulfilled) {
            throw problem(reason);
        }
    }

    private static OpenSslException problem(String reason) {
        return OpenSslException.ssl(reason);
    }

    /** Those extensions that are looked at here. */
    private static final class Extensions {
        private int[] versions;
        private String serverName;
        private final List<String> protocols = new ArrayList<>();
        private boolean preSharedKey;

        private final Set<Integer> seen = new HashSet<>();

        void read(ByteReader extensions) throws OpenSslException {
            while (extensions.left() > 0) {
                int type = extensions.number(2);
                ByteReader content = extensions.vector(2);
                require(!extensions.overran() && !preSharedKey, "BAD_EXTENSION");
                require(!ONCE.contains(type) || seen.add(type), "BAD_EXTENSION");
                switch (type) {
                    case SERVER_NAME -> readServerName(content);
                    case PROTOCOLS -> readProtocols(content);
                    case SUPPORTED_VERSIONS -> readVersions(content);
                    case PRE_SHARED_KEY -> preSharedKey = true;
                    default -> {
                        // Left to the engine.
                    }
                }
            }
        }

        /** A list of one: the host's name is the only kind that was ever defined. RFC 6066, section 3. */
        private void readServerName(ByteReader content) throws OpenSslException {
            ByteReader list = content.vector(2);
            int kind = list.number(1);
            ByteReader name = list.vector(2);
            boolean whole = !content.overran() && content.left() == 0 && !list.overran() && list.left() == 0;
            boolean usable = kind == 0 && name.left() <= MOST_OF_NAME && !name.contains(0);
            require(whole && usable, "BAD_EXTENSION");
            serverName = name.text();
        }

        private void readProtocols(ByteReader content) throws OpenSslException {
            ByteReader list = content.vector(2);
            require(!content.overran() && content.left() == 0 && list.left() > 0, "BAD_EXTENSION");
            while (list.left() > 0) {
                ByteReader protocol = list.vector(1);
                require(!list.overran() && protocol.left() > 0, "BAD_EXTENSION");
                protocols.add(protocol.text());
            }
        }

        private void readVersions(ByteReader content) throws OpenSslException {
            ByteReader list = content.vector(1);
            require(!content.overran() && content.left() == 0 && list.left() % 2 == 0, "LENGTH_MISMATCH");
            versions = list.pairs();
        }
    }
}
