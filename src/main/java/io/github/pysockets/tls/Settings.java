package io.github.pysockets.tls;

import java.util.List;

/**
 * A context's settings at one moment.
 *
 * @param lowest number of the lowest version
 * @param highest number of the highest version
 * @param verifyMode {@link TlsContext#VERIFY_NONE} and its like
 * @param verifyFlags OpenSSL's X509_V_FLAG numbers
 * @param checkHost whether a server's certificate has to be for its name
 * @param hostFlags OpenSSL's X509_CHECK_FLAG numbers
 * @param ciphers the most wanted first
 * @param applicationProtocols for ALPN, the most wanted first
 * @param group the one group for ECDHE, in JSSE's words; null for JSSE's own choice
 * @param serverChooses whether a server's order of ciphers counts, and not its client's
 * @param resumption whether a server takes up earlier sessions
 * @param securityLevel how strong keys and ciphers have to be: SSL_CTX_set_security_level(3)
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
        int securityLevel) {
    static final int TLS_1_2 = 0x0303;
    static final int TLS_1_3 = 0x0304;

    static Settings initial() {
        return new Settings(
                TLS_1_2, TLS_1_3, TlsContext.VERIFY_NONE, 0, false, 0, CipherSuites.all(), List.of(), null, true, true,
                Strength.DEFAULT_LEVEL);
    }

    /** Whether these settings find the same certificates good for the same server as others. */
    boolean judgesLike(Settings other) {
        return verifyMode == other.verifyMode
                && verifyFlags == other.verifyFlags
                && checkHost == other.checkHost
                && hostFlags == other.hostFlags
                && securityLevel == other.securityLevel;
    }

    Settings withVersions(int low, int high) {
        return new Settings(low, high, verifyMode, verifyFlags, checkHost, hostFlags, ciphers, applicationProtocols,
                group, serverChooses, resumption, securityLevel);
    }

    Settings withVerification(int mode, int flags) {
        return new Settings(lowest, highest, mode, flags, checkHost, hostFlags, ciphers, applicationProtocols, group,
                serverChooses, resumption, securityLevel);
    }

    Settings withHostChecking(boolean check, int flags) {
        return new Settings(lowest, highest, verifyMode, verifyFlags, check, flags, ciphers, applicationProtocols,
                group, serverChooses, resumption, securityLevel);
    }

    Settings withCiphers(List<CipherSuite> suites) {
        return new Settings(lowest, highest, verifyMode, verifyFlags, checkHost, hostFlags, suites,
                applicationProtocols, group, serverChooses, resumption, securityLevel);
    }

    Settings withServerChoice(boolean chooses) {
        return new Settings(lowest, highest, verifyMode, verifyFlags, checkHost, hostFlags, ciphers,
                applicationProtocols, group, chooses, resumption, securityLevel);
    }

    Settings withApplicationProtocols(List<String> protocols) {
        return new Settings(lowest, highest, verifyMode, verifyFlags, checkHost, hostFlags, ciphers, protocols, group,
                serverChooses, resumption, securityLevel);
    }

    Settings withGroup(String name) {
        return new Settings(lowest, highest, verifyMode, verifyFlags, checkHost, hostFlags, ciphers,
                applicationProtocols, name, serverChooses, resumption, securityLevel);
    }

    Settings withResumption(boolean taken) {
        return new Settings(lowest, highest, verifyMode, verifyFlags, checkHost, hostFlags, ciphers,
                applicationProtocols, group, serverChooses, taken, securityLevel);
    }

    Settings withSecurityLevel(int level) {
        return new Settings(lowest, highest, verifyMode, verifyFlags, checkHost, hostFlags, ciphers,
                applicationProtocols, group, serverChooses, resumption, level);
    }
}
