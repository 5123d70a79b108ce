package io.github.pysockets.tls;

import io.github.pysockets.tls.cert.Purpose;
import io.github.pysockets.tls.cert.SecurityLevel;
import io.github.pysockets.tls.cert.VerifyParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A context's settings at one moment.
 *
 * @param lowest the lowest version, by its number in records
 * @param highest the highest version, likewise
 * @param verifyMode one of {@link TlsContext#VERIFY_NONE} and so on
 * @param verifyFlags OpenSSL's X509_V_FLAG numbers
 * @param checkHost whether a server's certificate has to be for its name
 * @param hostFlags OpenSSL's X509_CHECK_FLAG numbers
 * @param ciphers in order of preference
 * @param applicationProtocols for ALPN, in order of preference
 * @param group the only group for the key exchange, by JSSE's name; null for JSSE's own choice
 * @param serverChooses whether the server's order of ciphers counts, not the client's
 * @param resumption whether a server resumes earlier sessions
 * @param ignoresCuts whether a stream that ends without close_notify ends as one with it
 * @param renegotiation whether a client lets its server begin a new handshake in TLS 1.2
 * @param legacyServers whether a client goes on with a server of TLS 1.2 that does not know RFC 5746
 * @param tickets whether sessions of TLS 1.2 may be kept in tickets
 * @param securityLevel how strong keys and ciphers have to be: SSL_CTX_set_security_level(3)
 * @param versionNames the versions that are allowed, by JSSE's names, the highest first
 * @param suiteNames the ciphers that the security level allows, by JSSE's names
 */
record Settings(
        int lowest,
        int highest,
        int verifyMode,
        int verifyFlags,
        boolean checkHost,
        int hostFlags,
        List<CipherSuite> ciphers,
        List<String> applicationProtocols,
        String group,
        boolean serverChooses,
        boolean resumption,
        boolean ignoresCuts,
        boolean renegotiation,
        boolean legacyServers,
        boolean tickets,
        int securityLevel,
        List<String> versionNames,
        List<String> suiteNames) {
    private static final int TLS_1_2 = 0x0303;
    private static final int TLS_1_3 = 0x0304;

    /** From this security level on, OpenSSL has no tickets: their keys are not counted as strong. */
    private static final int NO_TICKETS = 3;

    static Settings initial() {
        return new Draft().freeze();
    }

    /** A copy of these settings, changed by {@code change}. */
    Settings changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.freeze();
    }

    /** These, for a server that has no certificate: as OpenSSL, it does not offer TLS 1.3. */
    Settings withoutTls13() {
        return highest < TLS_1_3 ? this : changed(draft -> draft.highest = TLS_1_2);
    }

    boolean allowsTls13() {
        return versionNames.contains("TLSv1.3");
    }

    /** Whether tickets are used in TLS 1.2. */
    boolean usesTickets() {
        return tickets && securityLevel < NO_TICKETS;
    }

    /** Whether one of the suites is for one of the versions. */
    boolean hasSuite() {
        return ciphers.stream().anyMatch(suite -> suite.allowedAt(securityLevel) && isOfVersions(suite));
    }

    private boolean isOfVersions(CipherSuite suite) {
        return suite.protocol().equals("TLSv1.3") ? allowsTls13() : lowest <= TLS_1_2 && highest >= TLS_1_2;
    }

    /**
     * The settings of a server's connection that was made with these, where its context has {@code current} at the
     * handshake. As with OpenSSL, ciphers, security level and ALPN are looked up at the handshake; all else is as it
     * was when the connection was made.
     */
    Settings withLateSettingsOf(Settings current) {
        return current == this
                ? this
                : changed(draft -> {
                    draft.ciphers = current.ciphers;
                    draft.securityLevel = current.securityLevel;
                    draft.applicationProtocols = current.applicationProtocols;
                });
    }

    /** Whether these settings accept the same certificates for the same server as others do. */
    boolean verifiesLike(Settings other) {
        return verifyMode == other.verifyMode
                && verifyFlags == other.verifyFlags
                && checkHost == other.checkHost
                && hostFlags == other.hostFlags
                && securityLevel == other.securityLevel;
    }

    /**
     * What a peer's certificate has to be.
     *
     * @param serverName the server's name as the client knows it; null for none
     */
    VerifyParameters verifyParameters(Purpose peer, String serverName) {
        VerifyParameters parameters = VerifyParameters.of(peer, verifyFlags).atLevel(securityLevel);
        return checkHost ? parameters.forHost(serverName, hostFlags) : parameters;
    }

    /** Settings that can still be changed. The fields are those of the record. */
    static final class Draft {
        int lowest = TLS_1_2;
        int highest = TLS_1_3;
        int verifyMode = TlsContext.VERIFY_NONE;
        int verifyFlags;
        boolean checkHost;
        int hostFlags;
        List<CipherSuite> ciphers = CipherSuites.all();
        List<String> applicationProtocols = List.of();
        String group;
        boolean serverChooses = true;
        boolean resumption = true;
        boolean ignoresCuts;
        boolean renegotiation = true;
        boolean legacyServers;
        boolean tickets = true;
        int securityLevel = SecurityLevel.DEFAULT;

        private Draft() {}

        private Draft(Settings from) {
            lowest = from.lowest;
            highest = from.highest;
            verifyMode = from.verifyMode;
            verifyFlags = from.verifyFlags;
            checkHost = from.checkHost;
            hostFlags = from.hostFlags;
            ciphers = from.ciphers;
            applicationProtocols = from.applicationProtocols;
            group = from.group;
            serverChooses = from.serverChooses;
            resumption = from.resumption;
            ignoresCuts = from.ignoresCuts;
            renegotiation = from.renegotiation;
            legacyServers = from.legacyServers;
            tickets = from.tickets;
            securityLevel = from.securityLevel;
        }

        private Settings freeze() {
            return new Settings(lowest, highest, verifyMode, verifyFlags, checkHost, hostFlags, List.copyOf(ciphers),
                    List.copyOf(applicationProtocols), group, serverChooses, resumption, ignoresCuts, renegotiation,
                    legacyServers, tickets, securityLevel,
                    versionNames(), suiteNames());
        }

        private List<String> versionNames() {
            List<String> names = new ArrayList<>();
            for (int version = TLS_1_3; version >= TLS_1_2; version--) {
                if (version >= lowest && version <= highest) {
                    names.add(version == TLS_1_3 ? "TLSv1.3" : "TLSv1.2");
                }
            }
            return List.copyOf(names);
        }

        private List<String> suiteNames() {
            return ciphers.stream()
                    .filter(suite -> suite.allowedAt(securityLevel))
                    .map(CipherSuite::jsse)
                    .toList();
        }
    }
}
