package io.github.pysockets.tls.cert;

import java.math.BigInteger;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Set;

/** A certificate with what the building and checking of a chain needs of it, parsed once. */
final class ParsedCertificate {
    /** Bits of a key's usage: RFC 5280, section 4.2.1.3. */
    static final int DIGITAL_SIGNATURE = 0;
    static final int KEY_ENCIPHERMENT = 2;
    static final int KEY_AGREEMENT = 4;
    static final int CERT_SIGN = 5;
    static final int CRL_SIGN = 6;

    /** Bits of Netscape's certificate type, which is no longer in use, but which OpenSSL still checks. */
    static final int NETSCAPE_CLIENT = 0x80;
    static final int NETSCAPE_SERVER = 0x40;
    static final int NETSCAPE_TLS_CA = 0x04;
    private static final int NETSCAPE_ANY_CA = 0x07;

    /** The critical extensions that are checked, by this package or by the JDK's validator. */
    private static final Set<String> HANDLED = Set.of(
            ExtensionOids.NETSCAPE_TYPE,
            ExtensionOids.KEY_USAGE,
            ExtensionOids.SUBJECT_ALTERNATIVE_NAME,
            ExtensionOids.BASIC_CONSTRAINTS,
            ExtensionOids.CERTIFICATE_POLICIES,
            ExtensionOids.CRL_DISTRIBUTION_POINTS,
            ExtensionOids.EXTENDED_KEY_USAGE,
            ExtensionOids.POLICY_CONSTRAINTS,
            ExtensionOids.NAME_CONSTRAINTS,
            ExtensionOids.POLICY_MAPPINGS,
            ExtensionOids.INHIBIT_ANY_POLICY,
            ExtensionOids.PROXY_CERTIFICATE);

    /** What X509_check_ca(3) gives: no CA; one by its basic constraints; and three older forms of a CA. */
    enum Authority {
        NONE,
        CONSTRAINTS,
        VERSION_1_ROOT,
        KEY_USAGE,
        NETSCAPE
    }

    private final X509Certificate certificate;
    private final CanonicalName subject;
    private final CanonicalName issuer;
    private final Date notBefore;
    private final Date notAfter;
    private final boolean[] keyUsage;
    private final List<String> extendedUsage;
    private final int netscapeType;
    private final boolean constrained;
    private final boolean authorityFlag;
    private final int pathLength;
    private final byte[] subjectKey;
    private final AuthorityKeyIdentifier issuerKey;
    private final boolean selfSigned;
    private final TrustSettings trust;

    private ParsedCertificate(X509Certificate certificate, TrustSettings trust) throws CertificateParsingException {
        this.certificate = certificate;
        this.trust = trust;
        subject = CanonicalName.of(certificate.getSubjectX500Principal());
        issuer = CanonicalName.of(certificate.getIssuerX500Principal());
        notBefore = certificate.getNotBefore();
        notAfter = certificate.getNotAfter();
        keyUsage = certificate.getKeyUsage();
        extendedUsage = certificate.getExtendedKeyUsage();
        byte[] type = extension(ExtensionOids.NETSCAPE_TYPE);
        netscapeType = type == null ? -1 : netscapeBits(Der.of(type));
        byte[] constraints = extension(ExtensionOids.BASIC_CONSTRAINTS);
        constrained = constraints != null;
        List<Der> values = constrained ? Der.of(constraints).sequence() : List.of();
        authorityFlag = !values.isEmpty() && values.getFirst().tag() == Der.BOOLEAN && values.getFirst().bool();
        Der length = !values.isEmpty() && values.getLast().tag() == Der.INTEGER ? values.getLast() : null;
        pathLength = length == null ? -1 : length.integer().min(BigInteger.valueOf(Integer.MAX_VALUE)).intValue();
        byte[] own = extension(ExtensionOids.SUBJECT_KEY_IDENTIFIER);
        subjectKey = own == null ? null : Der.of(own).octetString();
        byte[] signer = extension(ExtensionOids.AUTHORITY_KEY_IDENTIFIER);
        issuerKey = signer == null ? null : AuthorityKeyIdentifier.of(signer);
        selfSigned = isSelfIssued() && isIdentifiedBy(issuerKey) && hasKeyFor(this);
    }

    private static int netscapeBits(Der bits) {
        byte[] content = bits.content();
        return content.length < 2 ? 0 : content[1] & 0xFF;
    }

    /** @throws CertificateParsingException where an extension is broken */
    static ParsedCertificate of(X509Certificate certificate) throws CertificateParsingException {
        return of(certificate, TrustSettings.NONE);
    }

    /** @throws CertificateParsingException where an extension is broken */
    static ParsedCertificate of(X509Certificate certificate, TrustSettings trust) throws CertificateParsingException {
        try {
            return new ParsedCertificate(certificate, trust);
        } catch (RuntimeException | StackOverflowError broken) {
            throw new CertificateParsingException(broken);
        }
    }

    /** The value of an extension, or null. */
    byte[] extension(String oid) {
        byte[] wrapped = certificate.getExtensionValue(oid);
        return wrapped == null ? null : Der.of(wrapped).octetString();
    }

    boolean isCritical(String oid) {
        Set<String> critical = certificate.getCriticalExtensionOIDs();
        return critical != null && critical.contains(oid);
    }

    /** What it is trusted for, where it is among those that are trusted. */
    TrustSettings trust() {
        return trust;
    }

    X509Certificate certificate() {
        return certificate;
    }

    CanonicalName subject() {
        return subject;
    }

    CanonicalName issuer() {
        return issuer;
    }

    boolean isSelfIssued() {
        return subject.equals(issuer);
    }

    /** By its names and its keys' identifiers; the signature is not verified. */
    boolean isSelfSigned() {
        return selfSigned;
    }

    /** Whether it may have issued another: X509_check_issued(3) without the check of the key's usage. */
    boolean mayHaveIssued(ParsedCertificate other) {
        return subject.equals(other.issuer) && isIdentifiedBy(other.issuerKey) && hasKeyFor(other);
    }

    /** Whether an identifier means this certificate or its key. Null means any. */
    boolean isIdentifiedBy(AuthorityKeyIdentifier identifier) {
        if (identifier == null) {
            return true;
        }
        byte[] key = identifier.key();
        BigInteger serial = identifier.serial();
        return (key == null || subjectKey == null || Arrays.equals(key, subjectKey))
                && (serial == null || serial.equals(certificate.getSerialNumber()))
                && (identifier.issuer() == null || identifier.issuer().equals(issuer));
    }

    /** Whether this key can have made the signature of another, by its algorithm. */
    private boolean hasKeyFor(ParsedCertificate other) {
        String signature = other.certificate.getSigAlgName();
        return switch (certificate.getPublicKey().getAlgorithm()) {
            case "RSA" -> signature.contains("RSA");
            case "EC" -> signature.endsWith("withECDSA") || signature.contains("withECDSAin");
            case "DSA" -> signature.endsWith("withDSA") || signature.contains("withDSAin");
            default -> true;
        };
    }

    int version() {
        return certificate.getVersion();
    }

    boolean isProxy() {
        return certificate.getExtensionValue(ExtensionOids.PROXY_CERTIFICATE) != null;
    }

    boolean hasUnhandledCriticalExtension() {
        Set<String> critical = certificate.getCriticalExtensionOIDs();
        return critical != null && !HANDLED.containsAll(critical);
    }

    boolean hasExtensions() {
        Set<String> critical = certificate.getCriticalExtensionOIDs();
        Set<String> others = certificate.getNonCriticalExtensionOIDs();
        return critical != null && !critical.isEmpty() || others != null && !others.isEmpty();
    }

    boolean hasBasicConstraints() {
        return constrained;
    }

    /** Whether its basic constraints say that it is a CA. */
    boolean isMarkedAuthority() {
        return authorityFlag;
    }

    /** How many CAs may be below it; -1 for no limit. */
    int pathLength() {
        return pathLength;
    }

    boolean hasKeyUsage() {
        return keyUsage != null;
    }

    /** Whether the key may be used for any of these. A certificate without the extension allows all. */
    boolean allows(int... usages) {
        return keyUsage == null || Arrays.stream(usages).anyMatch(usage -> usage < keyUsage.length && keyUsage[usage]);
    }

    /** Whether it has one of these purposes, or none at all. "anyExtendedKeyUsage" does not count for TLS. */
    boolean allowsPurpose(String... purposes) {
        return extendedUsage == null || Arrays.stream(purposes).anyMatch(extendedUsage::contains);
    }

    boolean allowsNetscapeType(int type) {
        return netscapeType < 0 || (netscapeType & type) != 0;
    }

    Authority authority() {
        if (!allows(CERT_SIGN)) {
            return Authority.NONE;
        }
        if (constrained) {
            return authorityFlag ? Authority.CONSTRAINTS : Authority.NONE;
        }
        if (version() == 1 && selfSigned) {
            return Authority.VERSION_1_ROOT;
        }
        if (keyUsage != null) {
            return Authority.KEY_USAGE;
        }
        return netscapeType >= 0 && (netscapeType & NETSCAPE_ANY_CA) != 0 ? Authority.NETSCAPE : Authority.NONE;
    }

    byte[] subjectKey() {
        return subjectKey;
    }

    AuthorityKeyIdentifier issuerKey() {
        return issuerKey;
    }

    Date notAfter() {
        return notAfter;
    }

    /** {@link VerifyErrors#OK}, or that it is not yet valid or has expired. */
    int timeCode(Date now) {
        if (notBefore.after(now)) {
            return VerifyErrors.NOT_YET_VALID;
        }
        return notAfter.after(now) ? VerifyErrors.OK : VerifyErrors.EXPIRED;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ParsedCertificate parsed && certificate.equals(parsed.certificate);
    }

    @Override
    public int hashCode() {
        return certificate.hashCode();
    }
}
