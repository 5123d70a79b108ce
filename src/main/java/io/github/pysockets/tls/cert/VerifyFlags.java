package io.github.pysockets.tls.cert;

/** Those of OpenSSL's X509_V_FLAG numbers that have an effect here: X509_VERIFY_PARAM_set_flags(3). */
public final class VerifyFlags {
    /** A revocation list has to show that the peer's certificate is not revoked. */
    public static final int CRL_CHECK = 0x4;
    /** Likewise for the whole chain; only together with {@link #CRL_CHECK}. */
    static final int CRL_CHECK_ALL = 0x8;
    /** Unknown extensions are ignored even where they are critical. */
    static final int IGNORE_CRITICAL = 0x10;
    /** Certificates have to follow RFC 5280 strictly. */
    static final int X509_STRICT = 0x20;
    /** Proxy certificates are allowed. */
    static final int ALLOW_PROXY_CERTS = 0x40;
    /** Issuers are looked up among the trusted certificates first, then among those that the peer sent. */
    static final int TRUSTED_FIRST = 0x8000;
    /** Any trusted certificate ends a chain, not only a root. */
    static final int PARTIAL_CHAIN = 0x80000;
    /** No other chain is looked for where the one that the peer sent does not lead to a trusted certificate. */
    static final int NO_ALT_CHAINS = 0x100000;

    private VerifyFlags() {}
}
