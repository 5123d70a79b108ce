package io.github.pysockets.tls.cert;

/**
 * What a peer's certificate has to be: OpenSSL's X509_VERIFY_PARAM.
 *
 * @param purpose what it has to be good for
 * @param flags OpenSSL's X509_V_FLAG numbers: {@link VerifyFlags}
 * @param securityLevel OpenSSL's, 0 to 5: SSL_CTX_set_security_level(3)
 * @param host the name or address that it has to be for; null for any
 * @param hostFlags OpenSSL's X509_CHECK_FLAG numbers
 */
public record VerifyParameters(Purpose purpose, int flags, int securityLevel, String host, int hostFlags) {
    /** At the default security level, for any host. */
    public static VerifyParameters of(Purpose purpose, int flags) {
        return new VerifyParameters(purpose, flags, SecurityLevel.DEFAULT, null, 0);
    }

    public VerifyParameters forHost(String name, int flagsOfHost) {
        return new VerifyParameters(purpose, flags, securityLevel, name, flagsOfHost);
    }

    public VerifyParameters atLevel(int level) {
        return new VerifyParameters(purpose, flags, level, host, hostFlags);
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
