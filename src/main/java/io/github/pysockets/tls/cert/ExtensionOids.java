package io.github.pysockets.tls.cert;

/** The object identifiers of extensions: RFC 5280, section 4.2, and an older one of Netscape. */
final class ExtensionOids {
    static final String SUBJECT_KEY_IDENTIFIER = "2.5.29.14";
    static final String KEY_USAGE = "2.5.29.15";
    static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";
    static final String BASIC_CONSTRAINTS = "2.5.29.19";
    static final String DELTA_CRL_INDICATOR = "2.5.29.27";
    static final String ISSUING_DISTRIBUTION_POINT = "2.5.29.28";
    static final String NAME_CONSTRAINTS = "2.5.29.30";
    static final String CRL_DISTRIBUTION_POINTS = "2.5.29.31";
    static final String CERTIFICATE_POLICIES = "2.5.29.32";
    static final String POLICY_MAPPINGS = "2.5.29.33";
    static final String AUTHORITY_KEY_IDENTIFIER = "2.5.29.35";
    static final String POLICY_CONSTRAINTS = "2.5.29.36";
    static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    static final String INHIBIT_ANY_POLICY = "2.5.29.54";
    static final String AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";
    static final String PROXY_CERTIFICATE = "1.3.6.1.5.5.7.1.14";
    static final String NETSCAPE_TYPE = "2.16.840.1.113730.1.1";

    private ExtensionOids() {}
}
