package io.github.pysockets.tls;

/**
 * What a peer's certificate has to be.
 *
 * @param purpose what it is to be good for
 * @param flags OpenSSL's X509_V_FLAG numbers: {@link VerifyFlags}
 * @param securityLevel OpenSSL's, 0 to 5: SSL_CTX_set_security_level(3)
 * @param host the name or address that it has to be for; null for any
 * @param hostFlags OpenSSL's X509_CHECK_FLAG numbers
 */
record Demands(Purpose purpose, int flags, int securityLevel, String host, int hostFlags) {
    static Demands of(Purpose purpose, int flags) {
        return new Demands(purpose, flags, Strength.DEFAULT_LEVEL, null, 0);
    }

    Demands forHost(String name, int itsFlags) {
        return new Demands(purpose, flags, securityLevel, name, itsFlags);
    }

    Demands atLevel(int level) {
        return new Demands(purpose, flags, level, host, hostFlags);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
