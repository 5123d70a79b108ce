package io.github.pysockets.tls.cert;

/** OpenSSL's X509_V_FLAG numbers of those that are looked at: X509_VERIFY_PARAM_set_flags(3). */
public final class VerifyFlags {
    /** Whether the peer's certificate is revoked has to be known. */
    public static final int CRL_CHECK = 0x4;
    /** Likewise for all the chain; only together with {@link #CRL_CHECK}. */
    static final int CRL_CHECK_ALL = 0x8;
    /** Extensions that nobody knows are passed over even where they are critical. */
    static final int IGNORE_CRITICAL = 0x10;
    /** Certificates have to be as RFC 5280 wants them. */
    static final int X509_STRICT = 0x20;
    /** Certificates of proxies are allowed. */
    static final int ALLOW_PROXY_CERTS = 0x40;
    /** Issuers are looked for among the trusted certificates before those that the peer sent. */
    static final int TRUSTED_FIRST = 0x8000;
    /** Any trusted certificate ends a chain, not only a root. */
    static final int PARTIAL_CHAIN = 0x80000;
    /** No other chain is looked for where the peer's own leads to nobody trusted. */
    static final int NO_ALT_CHAINS = 0x100000;

    private VerifyFlags() {}
}
