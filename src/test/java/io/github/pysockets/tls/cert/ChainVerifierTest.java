package io.github.pysockets.tls.cert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.tls.cert.TestCertificates.Made;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which chains are accepted, and the number that OpenSSL 3.0 gives for the others. */
final class ChainVerifierTest {
    private static final int OPENSSL_DEFAULT = VerifyFlags.TRUSTED_FIRST;
    private static final Duration DAY = Duration.ofDays(1);

    private final Instant now = Instant.now();
    private final Made root = TestCertificates.authority("CN=Root");
    private final Made other = TestCertificates.authority("CN=Other");
    private final Made middle = TestCertificates.of("CN=Middle").ca().issuedBy(root);
    private final Made leaf = TestCertificates.server(root, "localhost");
    private final Made deep = TestCertificates.server(middle, "localhost");

    private static TrustStore trusting(List<Made> certificates, X509CRL... lists) {
        StringBuilder pem = new StringBuilder();
        certificates.forEach(made -> pem.append(made.pem()));
        for (X509CRL list : lists) {
            pem.append(TestCertificates.pem(list));
        }
        TrustStore store = new TrustStore();
        try {
            store.addPem(pem.toString().getBytes(StandardCharsets.US_ASCII));
        } catch (OpenSslException e) {
            throw new IllegalStateException(e);
        }
        return store;
    }

    private static Verification verify(TrustStore store, VerifyParameters parameters, Made... presented) {
        List<X509Certificate> certificates =
                Arrays.stream(presented).map(Made::certificate).toList();
        return ChainVerifier.verify(certificates, store, parameters);
    }

    private static int server(TrustStore store, int flags, Made... presented) {
        return verify(store, VerifyParameters.of(Purpose.SERVER, flags | OPENSSL_DEFAULT), presented).code();
    }

    private static int server(TrustStore store, Made... presented) {
        return server(store, 0, presented);
    }

    private static int client(TrustStore store, Made... presented) {
        return verify(store, VerifyParameters.of(Purpose.CLIENT, OPENSSL_DEFAULT), presented).code();
    }

    private static void assertChain(List<Made> expected, Verification verification) {
        assertEquals(VerifyErrors.OK, verification.code());
        assertEquals(expected.stream().map(Made::certificate).toList(), verification.chain());
    }

    // Building the chain

    @Test
    void leafOfTrustedRootIsAccepted() {
        VerifyParameters parameters = VerifyParameters.of(Purpose.SERVER, OPENSSL_DEFAULT);
        assertChain(List.of(leaf, root), verify(trusting(List.of(root)), parameters, leaf));
        assertChain(List.of(leaf, root), verify(trusting(List.of(other, root)), parameters, leaf, root));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, VerifyFlags.TRUSTED_FIRST})
    void chainIsFoundAmongUnorderedAndNeedlessCertificates(int flags) {
        Made lower = TestCertificates.of("CN=Lower").ca().issuedBy(middle);
        Made server = TestCertificates.server(lower, "localhost");
        VerifyParameters parameters = VerifyParameters.of(Purpose.SERVER, flags);
        assertChain(
                List.of(server, lower, middle, root),
                verify(trusting(List.of(root)), parameters, server, other, root, middle, deep, lower));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, VerifyFlags.TRUSTED_FIRST})
    void anotherChainIsFoundWhereThePeersIsNotTrusted(int flags) {
        Made crossed = TestCertificates.of("CN=Middle").ca().keys(middle.keys()).issuedBy(other);
        assertEquals(VerifyErrors.OK, server(trusting(List.of(root, middle)), flags, deep, crossed));
        assertEquals(VerifyErrors.OK, server(trusting(List.of(other)), flags, deep, crossed, middle));
    }

    @Test
    void noOtherChainIsLookedForWhereThatIsForbidden() {
        Made crossed = TestCertificates.of("CN=Middle").ca().keys(middle.keys()).issuedBy(other);
        TrustStore store = trusting(List.of(root, middle));
        VerifyParameters parameters = VerifyParameters.of(Purpose.SERVER, VerifyFlags.NO_ALT_CHAINS);
        assertEquals(
                VerifyErrors.UNABLE_TO_GET_ISSUER_LOCALLY,
                verify(store, parameters, deep, crossed).code());
        VerifyParameters lenient = VerifyParameters.of(Purpose.SERVER, 0);
        assertEquals(VerifyErrors.OK, verify(store, lenient, deep, crossed).code());
    }

    @Test
    void missingIssuerIsReported() {
        assertEquals(VerifyErrors.UNABLE_TO_GET_ISSUER_LOCALLY, server(trusting(List.of(root)), deep));
        assertEquals(VerifyErrors.UNABLE_TO_GET_ISSUER_LOCALLY, server(new TrustStore(), leaf));
        assertEquals(VerifyErrors.UNABLE_TO_GET_ISSUER, server(trusting(List.of(middle)), deep));
        assertEquals(VerifyErrors.UNABLE_TO_GET_ISSUER_LOCALLY, server(trusting(List.of(leaf)), leaf));
    }

    @Test
    void partialChainMayEndAtAnyTrustedCertificate() {
        VerifyParameters parameters = VerifyParameters.of(Purpose.SERVER, OPENSSL_DEFAULT | VerifyFlags.PARTIAL_CHAIN);
        assertChain(List.of(deep, middle), verify(trusting(List.of(middle)), parameters, deep));
        assertChain(List.of(leaf), verify(trusting(List.of(leaf)), parameters, leaf, root));
    }

    @Test
    void selfSignedIsAcceptedOnlyWhereItIsTrusted() {
        Made self = TestCertificates.of("CN=localhost").selfSigned();
        assertEquals(VerifyErrors.OK, server(trusting(List.of(self)), self));
        assertEquals(VerifyErrors.SELF_SIGNED_LEAF, server(trusting(List.of(root)), self));
        assertEquals(VerifyErrors.SELF_SIGNED_IN_CHAIN, server(trusting(List.of(other)), leaf, root));
    }

    @Test
    void rootOfSameNameIsNotTheTrustedOne() {
        Made mimic = TestCertificates.authority("CN=Root");
        assertEquals(VerifyErrors.UNABLE_TO_GET_ISSUER_LOCALLY, server(trusting(List.of(mimic)), leaf));
        assertEquals(VerifyErrors.SELF_SIGNED_IN_CHAIN, server(trusting(List.of(mimic)), leaf, root));
    }

    @Test
    void signatureIsCheckedWhereTwoIssuersLookAlike() {
        Made real = TestCertificates.of("CN=Root").ca().unidentified().selfSigned();
        Made mimic = TestCertificates.of("CN=Root").ca().unidentified().selfSigned();
        Made server = TestCertificates.of("CN=localhost").unidentified().issuedBy(real);
        assertEquals(VerifyErrors.OK, server(trusting(List.of(real)), server));
        assertEquals(VerifyErrors.SIGNATURE_FAILURE, server(trusting(List.of(mimic)), server));
    }

    @Test
    void changedCertificateIsRefused() throws GeneralSecurityException {
        byte[] der = leaf.der();
        der[der.length - 3] ^= 1;
        Made changed = new Made(X509Reader.certificate(der), leaf.keys());
        assertEquals(VerifyErrors.SIGNATURE_FAILURE, server(trusting(List.of(root)), changed));
    }

    @Test
    void namesAreEqualWhateverTheirCaseSpacesAndTypesOfString() {
        X500Name printable = new X500Name(
                new RDN[] {new RDN(BCStyle.CN, new DERPrintableString(" My  Root"))});
        X500Name utf8 = new X500Name(new RDN[] {new RDN(BCStyle.CN, new DERUTF8String("my root"))});
        Made trusted = TestCertificates.of(printable).ca().selfSigned();
        Made spelled = TestCertificates.of(utf8).ca().keys(trusted.keys()).selfSigned();
        assertEquals(
                VerifyErrors.OK,
                server(trusting(List.of(trusted)), TestCertificates.server(spelled, "localhost")));
    }

    // Times

    @Test
    void timesAreChecked() {
        TrustStore store = trusting(List.of(root));
        TestCertificates old = TestCertificates.of("CN=l").from(now.minus(DAY.multipliedBy(9))).to(now.minus(DAY));
        assertEquals(VerifyErrors.EXPIRED, server(store, old.issuedBy(root)));
        TestCertificates next = TestCertificates.of("CN=l").from(now.plus(DAY)).to(now.plus(DAY.multipliedBy(9)));
        assertEquals(VerifyErrors.NOT_YET_VALID, server(store, next.issuedBy(root)));
        Made self = old.selfSigned();
        assertEquals(VerifyErrors.EXPIRED, server(trusting(List.of(self)), self));
        assertEquals(VerifyErrors.SELF_SIGNED_LEAF, server(store, self));
    }

    @Test
    void timesOfIssuersAreChecked() {
        Made old = TestCertificates.of("CN=Aging")
                .ca()
                .from(now.minus(DAY.multipliedBy(9)))
                .to(now.minus(DAY))
                .selfSigned();
        Made server = TestCertificates.server(old, "localhost");
        assertEquals(VerifyErrors.EXPIRED, server(trusting(List.of(old)), server));
        Made renewed = TestCertificates.of("CN=Aging").ca().keys(old.keys()).selfSigned();
        assertEquals(VerifyErrors.OK, server(trusting(List.of(old, renewed)), server));
    }

    // Purposes

    @Test
    void purposeHasToFit() {
        TrustStore store = trusting(List.of(root));
        Made guest = TestCertificates.client(root, "guest");
        assertEquals(VerifyErrors.OK, client(store, guest));
        assertEquals(VerifyErrors.INVALID_PURPOSE, server(store, guest));
        assertEquals(VerifyErrors.INVALID_PURPOSE, client(store, leaf));
        Made any = TestCertificates.of("CN=l").usage(KeyPurposeId.anyExtendedKeyUsage).issuedBy(root);
        assertEquals(VerifyErrors.INVALID_PURPOSE, server(store, any));
        Made lists = TestCertificates.of("CN=l").keyUsage(KeyUsage.cRLSign).issuedBy(root);
        assertEquals(VerifyErrors.INVALID_PURPOSE, server(store, lists));
    }

    @Test
    void purposeOfAnIssuerCountsForWhatItIssues() {
        Made narrow = TestCertificates.of("CN=Narrow").ca().usage(KeyPurposeId.id_kp_clientAuth).issuedBy(root);
        TrustStore store = trusting(List.of(root));
        assertEquals(
                VerifyErrors.INVALID_PURPOSE, server(store, TestCertificates.server(narrow, "localhost"), narrow));
        assertEquals(VerifyErrors.OK, client(store, TestCertificates.client(narrow, "guest"), narrow));
    }

    @Test
    void onlyCasIssue() {
        TrustStore store = trusting(List.of(root));
        Made plain = TestCertificates.of("CN=Plain").issuedBy(root);
        assertEquals(VerifyErrors.INVALID_CA, server(store, TestCertificates.server(plain, "l"), plain));
        Made unable = TestCertificates.of("CN=Unable")
                .extension(Extension.basicConstraints, true, new BasicConstraints(true))
                .keyUsage(KeyUsage.digitalSignature)
                .issuedBy(root);
        assertEquals(VerifyErrors.INVALID_CA, server(store, TestCertificates.server(unable, "l"), unable));
        Made self = TestCertificates.of("CN=Self").selfSigned();
        assertEquals(VerifyErrors.INVALID_CA, server(trusting(List.of(self)), TestCertificates.server(self, "l")));
    }

    @Test
    void lengthOfThePathIsChecked() {
        TrustStore store = trusting(List.of(root));
        Made lowest = TestCertificates.of("CN=Lowest").ca(0).issuedBy(root);
        assertEquals(VerifyErrors.OK, server(store, TestCertificates.server(lowest, "l"), lowest));
        Made below = TestCertificates.of("CN=Below").ca().issuedBy(lowest);
        assertEquals(
                VerifyErrors.PATH_LENGTH_EXCEEDED, server(store, TestCertificates.server(below, "l"), below, lowest));
    }

    @Test
    void unknownCriticalExtensionIsRefused() {
        ASN1ObjectIdentifier unknown = new ASN1ObjectIdentifier("1.2.3.4.5");
        TrustStore store = trusting(List.of(root));
        Made strange = TestCertificates.of("CN=l").extension(unknown, true, DERNull.INSTANCE).issuedBy(root);
        assertEquals(VerifyErrors.UNHANDLED_CRITICAL_EXTENSION, server(store, strange));
        Made harmless = TestCertificates.of("CN=l").extension(unknown, false, DERNull.INSTANCE).issuedBy(root);
        assertEquals(VerifyErrors.OK, server(store, harmless));
    }

    @Test
    void strictModeRequiresWhatTheRfcDoes() {
        Made lax = TestCertificates.of("CN=Lax")
                .extension(Extension.basicConstraints, false, new BasicConstraints(true))
                .selfSigned();
        TrustStore store = trusting(List.of(lax));
        Made server = TestCertificates.server(lax, "l");
        assertEquals(VerifyErrors.OK, server(store, server));
        assertEquals(
                VerifyErrors.BASIC_CONSTRAINTS_NOT_CRITICAL, server(store, VerifyFlags.X509_STRICT, server));
        assertEquals(VerifyErrors.OK, server(trusting(List.of(root)), VerifyFlags.X509_STRICT, leaf));
        Made unidentified = TestCertificates.of("CN=l").unidentified().issuedBy(root);
        assertEquals(
                VerifyErrors.NO_AUTHORITY_KEY_IDENTIFIER,
                server(trusting(List.of(root)), VerifyFlags.X509_STRICT, unidentified));
    }

    @Test
    void weakKeysAndDigestsAreRefused() {
        Made small = TestCertificates.of("CN=l").keys("RSA-1024").issuedBy(root);
        assertEquals(VerifyErrors.LEAF_KEY_TOO_SMALL, server(trusting(List.of(root)), small));
        Made smallRoot = TestCertificates.of("CN=Small").keys("RSA-1024").ca().selfSigned();
        TrustStore store = trusting(List.of(smallRoot));
        Made server = TestCertificates.server(smallRoot, "l");
        assertEquals(VerifyErrors.CA_KEY_TOO_SMALL, server(store, server));
        VerifyParameters level1 = VerifyParameters.of(Purpose.SERVER, OPENSSL_DEFAULT).atLevel(1);
        assertEquals(VerifyErrors.OK, verify(store, level1, server).code());
        Made old = TestCertificates.of("CN=l").signature("SHA1withECDSA").issuedBy(root);
        assertEquals(VerifyErrors.DIGEST_TOO_WEAK, server(trusting(List.of(root)), old));
    }

    @ParameterizedTest
    @ValueSource(strings = {"P-256", "P-384", "RSA-2048", "Ed25519", "Ed448"})
    void everyKindOfKeySigns(String kind) {
        Made signer = TestCertificates.of("CN=Signer").keys(kind).ca().selfSigned();
        assertEquals(VerifyErrors.OK, server(trusting(List.of(signer)), TestCertificates.server(signer, "l")));
    }

    // Names

    @Test
    void wrongNameIsReportedBeforeWrongTime() {
        Made old = TestCertificates.of("CN=localhost")
                .dns("localhost")
                .from(now.minus(DAY.multipliedBy(9)))
                .to(now.minus(DAY))
                .issuedBy(root);
        TrustStore store = trusting(List.of(root));
        VerifyParameters parameters = VerifyParameters.of(Purpose.SERVER, OPENSSL_DEFAULT);
        assertEquals(
                VerifyErrors.EXPIRED,
                verify(store, parameters.forHost("localhost", 0), old).code());
        assertEquals(
                VerifyErrors.HOSTNAME_MISMATCH,
                verify(store, parameters.forHost("example.org", 0), old).code());
        assertEquals(
                VerifyErrors.IP_ADDRESS_MISMATCH,
                verify(store, parameters.forHost("127.0.0.1", 0), old).code());
    }

    private Made constrained(boolean permitted, Made issuer) {
        GeneralSubtree[] trees = {new GeneralSubtree(new GeneralName(GeneralName.dNSName, "example.com"))};
        NameConstraints constraints = new NameConstraints(permitted ? trees : null, permitted ? null : trees);
        TestCertificates recipe = TestCertificates.of("CN=Constrained")
                .ca()
                .extension(Extension.nameConstraints, true, constraints);
        return issuer == null ? recipe.selfSigned() : recipe.issuedBy(issuer);
    }

    @Test
    void issuerCertifiesOnlyNamesThatItMay() {
        TrustStore store = trusting(List.of(root));
        Made only = constrained(true, root);
        assertEquals(VerifyErrors.OK, server(store, TestCertificates.server(only, "a.example.com"), only));
        assertEquals(
                VerifyErrors.PERMITTED_VIOLATION, server(store, TestCertificates.server(only, "example.org"), only));
        Made except = constrained(false, root);
        assertEquals(VerifyErrors.OK, server(store, TestCertificates.server(except, "example.org"), except));
        assertEquals(
                VerifyErrors.EXCLUDED_VIOLATION,
                server(store, TestCertificates.server(except, "a.example.com"), except));
    }

    @Test
    void rootCertifiesOnlyNamesThatItMay() {
        Made only = constrained(true, null);
        TrustStore store = trusting(List.of(only));
        assertEquals(VerifyErrors.OK, server(store, TestCertificates.server(only, "a.example.com")));
        assertEquals(VerifyErrors.PERMITTED_VIOLATION, server(store, TestCertificates.server(only, "example.org")));
    }

    @Test
    void commonNameIsANameToo() {
        Made only = constrained(true, root);
        Made hidden = TestCertificates.of("CN=www.example.org").issuedBy(only);
        assertEquals(VerifyErrors.PERMITTED_VIOLATION, server(trusting(List.of(root)), hidden, only));
    }

    // Revocation

    @Test
    void revokedCertificateIsRefused() {
        X509CRL list = TestCertificates.crl(root, leaf.certificate());
        assertEquals(VerifyErrors.OK, server(trusting(List.of(root), list), leaf));
        assertEquals(VerifyErrors.REVOKED, server(trusting(List.of(root), list), VerifyFlags.CRL_CHECK, leaf));
        X509CRL empty = TestCertificates.crl(root);
        assertEquals(VerifyErrors.OK, server(trusting(List.of(root), empty), VerifyFlags.CRL_CHECK, leaf));
    }

    @Test
    void wholeChainIsCheckedWhereThatIsWanted() {
        int all = VerifyFlags.CRL_CHECK | VerifyFlags.CRL_CHECK_ALL;
        X509CRL below = TestCertificates.crl(middle);
        TrustStore store = trusting(List.of(root), below, TestCertificates.crl(root, middle.certificate()));
        assertEquals(VerifyErrors.OK, server(store, VerifyFlags.CRL_CHECK, deep, middle));
        assertEquals(VerifyErrors.REVOKED, server(store, all, deep, middle));
        assertEquals(
                VerifyErrors.UNABLE_TO_GET_CRL, server(trusting(List.of(root), below), all, deep, middle));
    }

    @Test
    void listThatIsMissingOrOldOrNotTheIssuersIsReported() {
        int check = VerifyFlags.CRL_CHECK;
        assertEquals(VerifyErrors.UNABLE_TO_GET_CRL, server(trusting(List.of(root)), check, leaf));
        X509CRL old = TestCertificates.crl(root, now.minus(DAY.multipliedBy(2)), now.minus(DAY));
        assertEquals(VerifyErrors.CRL_EXPIRED, server(trusting(List.of(root), old), check, leaf));
        X509CRL next = TestCertificates.crl(root, now.plus(DAY), now.plus(DAY.multipliedBy(2)));
        assertEquals(VerifyErrors.CRL_NOT_YET_VALID, server(trusting(List.of(root), next), check, leaf));
        X509CRL forged = TestCertificates.crl(TestCertificates.authority("CN=Root"));
        assertEquals(VerifyErrors.CRL_SIGNATURE_FAILURE, server(trusting(List.of(root), forged), check, leaf));
        X509CRL good = TestCertificates.crl(root);
        assertEquals(VerifyErrors.OK, server(trusting(List.of(root), old, good), check, leaf));
    }

    @Test
    void everyCodeHasAText() {
        assertEquals("self-signed certificate", VerifyErrors.text(VerifyErrors.SELF_SIGNED_LEAF));
        assertEquals("certificate has expired", VerifyErrors.text(VerifyErrors.EXPIRED));
        assertEquals(
                "Hostname mismatch, certificate is not valid for 'x'.",
                VerifyErrors.text(VerifyErrors.HOSTNAME_MISMATCH, "x"));
        assertTrue(VerifyErrors.text(-1).startsWith("unknown"));
    }
}
