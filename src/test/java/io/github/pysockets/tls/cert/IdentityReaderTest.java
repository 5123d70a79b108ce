package io.github.pysockets.tls.cert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.tls.cert.TestCertificates.Made;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.misc.ScryptParams;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates with their keys from PEM, and the errors that CPython raises for other files. */
final class IdentityReaderTest {
    private static final String PASSWORD = "pässword";
    private static final String BROKEN = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

    private final Made root = TestCertificates.authority("CN=Root");
    private final Made server = TestCertificates.server(root, "localhost");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Identity read(String certificates, String key, String password) throws OpenSslException {
        return IdentityReader.read(
                bytes(certificates), key == null ? null : bytes(key), password == null ? null : bytes(password));
    }

    private static void assertFails(String library, String reason, String text, String certificates, String key) {
        OpenSslException failure = assertThrows(OpenSslException.class, () -> read(certificates, key, null));
        assertEquals(text, failure.text());
        assertEquals(library, failure.library());
        assertEquals(reason, failure.reason());
    }

    private static String encryptedPkcs8(Made made, ASN1ObjectIdentifier cipher)
            throws IOException, OperatorCreationException {
        var encryptor = new JcePKCSPBEOutputEncryptorBuilder(cipher)
                .setProvider(new BouncyCastleProvider())
                .build(PASSWORD.toCharArray());
        return TestCertificates.pem(new JcaPKCS8Generator(made.key(), encryptor));
    }

    private static String encryptedOldForm(Made made, String cipher) throws IOException {
        var encryptor = new JcePEMEncryptorBuilder(cipher)
                .setProvider(new BouncyCastleProvider())
                .build(PASSWORD.toCharArray());
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(made.keys(), encryptor);
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"P-256", "P-384", "RSA-2048", "Ed25519", "Ed448", "DSA-2048"})
    void everyKindOfKeyIsRead(String kind) throws OpenSslException {
        Made made = TestCertificates.of("CN=localhost").keys(kind).selfSigned();
        Identity identity = read(made.pem(), made.keyPem(), null);
        assertEquals(List.of(made.certificate()), identity.chain());
        assertArrayEquals(made.key().getEncoded(), identity.key().getEncoded());
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "DSA"})
    void olderFormsOfKeysAreRead(String kind) throws OpenSslException {
        Made made = TestCertificates.of("CN=localhost").keys(kind + "-2048").selfSigned();
        String key = TestCertificates.pem(made.keys());
        assertTrue(key.startsWith("-----BEGIN " + kind + " PRIVATE KEY-----"));
        assertEquals(kind, read(made.pem(), key, null).key().getAlgorithm());
    }

    @Test
    void olderFormOfKeyOnACurveIsRead() throws IOException, OpenSslException {
        ECPrivateKey secret = (ECPrivateKey) server.key();
        byte[] der = new org.bouncycastle.asn1.sec.ECPrivateKey(256, secret.getS(), SECObjectIdentifiers.secp256r1)
                .getEncoded();
        String key = new PemBlock("EC PRIVATE KEY", null, der).pem();
        assertEquals(secret.getS(), ((ECPrivateKey) read(server.pem(), key, null).key()).getS());
    }

    @Test
    void chainAndKeyMayBeInOneFileInAnyOrder() throws OpenSslException {
        List<X509Certificate> chain = List.of(server.certificate(), root.certificate());
        assertEquals(chain, read(server.pem() + root.pem() + server.keyPem(), null, null).chain());
        assertEquals(chain, read("# words\n" + server.keyPem() + server.pem() + root.pem(), null, null).chain());
    }

    @ParameterizedTest
    @ValueSource(strings = {"AES-256-CBC", "AES-128-CBC", "DES-EDE3-CBC"})
    void encryptedKeyOfOldFormIsRead(String cipher) throws IOException, OpenSslException {
        Made made = TestCertificates.of("CN=localhost").keys("RSA-2048").selfSigned();
        String key = encryptedOldForm(made, cipher);
        assertTrue(IdentityReader.needsPassword(bytes(key)));
        assertArrayEquals(
                made.key().getEncoded(), read(made.pem(), key, PASSWORD).key().getEncoded());
        assertThrows(OpenSslException.class, () -> read(made.pem(), key, null));
        assertThrows(OpenSslException.class, () -> read(made.pem(), key, "wrong"));
    }

    @Test
    void encryptedPkcs8IsRead() throws IOException, OperatorCreationException, OpenSslException {
        for (ASN1ObjectIdentifier cipher : List.of(PKCS8Generator.AES_256_CBC, PKCS8Generator.DES3_CBC)) {
            String key = encryptedPkcs8(server, cipher);
            assertTrue(IdentityReader.needsPassword(bytes(server.pem() + key)));
            assertEquals("EC", read(server.pem(), key, PASSWORD).key().getAlgorithm());
            OpenSslException failure = assertThrows(OpenSslException.class, () -> read(server.pem(), key, "wrong"));
            assertEquals("PEM lib", failure.text());
        }
    }

    @Test
    void plainKeyNeedsNoPassword() throws OpenSslException {
        assertFalse(IdentityReader.needsPassword(bytes(server.keyPem())));
        assertFalse(IdentityReader.needsPassword(bytes(server.pem())));
        assertFalse(IdentityReader.needsPassword(bytes("-----BEGIN PRIVATE KEY-----\n")));
        assertEquals("EC", read(server.pem(), server.keyPem(), "needless").key().getAlgorithm());
    }

    @Test
    void otherFilesAreRefused() {
        for (String text : List.of("", "words\n", server.keyPem(), BROKEN, server.pem().substring(0, 200))) {
            assertFails("SSL", null, "PEM lib", text, server.keyPem());
        }
        for (String text : List.of("", "words\n", server.pem(), server.keyPem().substring(0, 80))) {
            assertFails("SSL", null, "PEM lib", server.pem(), text);
        }
        assertFails("SSL", null, "PEM lib", server.pem(), null);
    }

    @Test
    void whatFollowsTheCertificateHasToBeWhole() {
        String key = server.keyPem();
        assertFails("PEM", "BAD_END_LINE", "bad end line", server.pem() + key.substring(0, 80), key);
        assertFails("PEM", null, "ASN1 lib", server.pem() + BROKEN, key);
        String notBase64 = "-----BEGIN X-----\n%%%%\n-----END X-----\n";
        assertFails("PEM", "BAD_BASE64_DECODE", "bad base64 decode", server.pem() + notBase64, key);
    }

    @Test
    void keyHasToBeTheCertificates() {
        assertFails("X509", "KEY_VALUES_MISMATCH", "key values mismatch", server.pem(), root.keyPem());
        Made edwards = TestCertificates.of("CN=x").keys("Ed25519").selfSigned();
        assertFails("SSL", "NO_CERTIFICATE_ASSIGNED", "no certificate assigned", server.pem(), edwards.keyPem());
    }

    @Test
    void weakCertificatesAreRefused() throws OpenSslException {
        Made small = TestCertificates.of("CN=x").keys("RSA-1024").selfSigned();
        assertFails("SSL", "EE_KEY_TOO_SMALL", "ee key too small", small.pem(), small.keyPem());
        assertFails("SSL", "CA_KEY_TOO_SMALL", "ca key too small", server.pem() + small.pem(), server.keyPem());
        byte[] pem = bytes(small.pem() + small.keyPem());
        assertEquals("RSA", IdentityReader.read(pem, null, null, 1).key().getAlgorithm());
        Made old = TestCertificates.of("CN=x").signature("SHA1withECDSA").issuedBy(root);
        assertFails("SSL", "CA_MD_TOO_WEAK", "ca md too weak", old.pem(), old.keyPem());
    }

    @ParameterizedTest
    @CsvSource({"1024, 80", "2047, 112", "2048, 112", "3072, 128", "7680, 192", "15360, 256", "512, 56"})
    void lengthOfAKeyGivesItsStrength(int length, int bits) {
        assertEquals(bits, SecurityLevel.factoringBits(length));
    }

    @Test
    void textShowsNothingOfTheKey() throws OpenSslException {
        Identity identity = read(server.pem(), server.keyPem(), null);
        assertEquals("Identity[CN=localhost]", identity.toString());
        PemBlock block = new PemReader(bytes(server.keyPem())).next();
        assertEquals("PemBlock[PRIVATE KEY]", block.toString());
    }

    /** An encrypted key in PKCS#8 with a key derivation of a certain cost. It has no content: nobody gets so far. */
    private static String costing(ASN1ObjectIdentifier function, ASN1Encodable parameters) throws IOException {
        var cipher = new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(new byte[16]));
        var scheme = new AlgorithmIdentifier(
                PKCSObjectIdentifiers.id_PBES2,
                new PBES2Parameters(new KeyDerivationFunc(function, parameters), cipher));
        return "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(new EncryptedPrivateKeyInfo(scheme, new byte[64]).getEncoded())
                + "\n-----END ENCRYPTED PRIVATE KEY-----\n";
    }

    private void assertTooCostly(String key) {
        OpenSslException failure = assertTimeout(
                Duration.ofSeconds(10),
                () -> assertThrows(OpenSslException.class, () -> read(server.pem(), key, PASSWORD)));
        assertEquals("PEM lib", failure.text());
    }

    @Test
    void keyThatTakesHoursIsRefused() throws IOException {
        byte[] salt = new byte[8];
        for (int rounds : new int[] {3_000_001, Integer.MAX_VALUE}) {
            assertTooCostly(costing(PKCSObjectIdentifiers.id_PBKDF2, new PBKDF2Params(salt, rounds)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "262144, 8, 1", // memory
        "2, 2147483647, 1",
        "2, 1, 1073741823",
        "131072, 1, 100000", // time
        "0, 0, 0",
        "-2, -8, -1"
    })
    void keyThatTakesAllMemoryIsRefused(int cost, int blocks, int lanes) throws IOException {
        assertTooCostly(costing(MiscObjectIdentifiers.id_scrypt, new ScryptParams(new byte[8], cost, blocks, lanes)));
    }
}
