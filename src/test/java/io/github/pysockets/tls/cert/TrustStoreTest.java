package io.github.pysockets.tls.cert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.tls.cert.TestCertificates.Made;
import io.github.pysockets.tls.cert.TrustStore.Counts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What files, data and directories add, and the errors that CPython raises for other ones. */
final class TrustStoreTest {
    private static final String BROKEN = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

    private final Made root = TestCertificates.authority("CN=Root");
    private final Made leaf = TestCertificates.server(root, "localhost");
    private final TrustStore store = new TrustStore();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static void assertFails(String library, String reason, String text, Executable call) {
        OpenSslException failure = assertThrows(OpenSslException.class, call);
        assertEquals(text, failure.text());
        assertEquals(library, failure.library());
        assertEquals(reason, failure.reason());
    }

    private int verify(Made... presented) {
        var certificates = Arrays.stream(presented).map(Made::certificate).toList();
        return ChainVerifier.verify(certificates, store, Purpose.SERVER, VerifyFlags.TRUSTED_FIRST)
                .code();
    }

    @Test
    void fileAddsCertificatesAndListsOnce() throws OpenSslException {
        String list = TestCertificates.pem(TestCertificates.crl(root));
        assertTrue(store.isEmpty());
        store.addPem(bytes("words\n" + root.pem() + leaf.pem() + list + root.pem() + leaf.keyPem()));
        store.addPem(bytes(root.pem()));
        assertEquals(new Counts(2, 1, 1), store.counts());
        assertEquals(List.of(root.certificate()), store.authorities());
        assertFalse(store.isEmpty());
    }

    @Test
    void fileWithoutAnyIsRefused() {
        assertFails(
                "X509",
                "NO_CERTIFICATE_OR_CRL_FOUND",
                "no certificate or crl found",
                () -> store.addPem(bytes(leaf.keyPem())));
        for (String text : List.of(BROKEN, root.pem() + BROKEN, root.pem() + root.pem().substring(0, 200))) {
            assertFails("X509", null, "PEM lib", () -> store.addPem(bytes(text)));
        }
        assertEquals(new Counts(0, 0, 0), store.counts());
    }

    @Test
    void textAddsCertificatesAlone() throws OpenSslException {
        store.addText(bytes(TestCertificates.pem(TestCertificates.crl(root)) + root.pem() + leaf.pem()));
        assertEquals(new Counts(2, 0, 1), store.counts());
    }

    @Test
    void textWithoutAnyIsRefused() throws OpenSslException {
        String none = "no start line: cadata does not contain a certificate";
        for (String text : List.of("words", leaf.keyPem(), BROKEN)) {
            assertFails(null, null, none, () -> store.addText(bytes(text)));
        }
        assertFails("PEM", null, "ASN1 lib", () -> store.addText(bytes(root.pem() + BROKEN)));
        assertEquals(new Counts(1, 0, 1), store.counts());
    }

    @Test
    void dataAddsCertificatesOneAfterTheOther() throws OpenSslException {
        store.addDer(joined(root.der(), leaf.der(), root.der()));
        assertEquals(new Counts(2, 0, 1), store.counts());
    }

    @Test
    void dataWithSomethingElseIsRefused() {
        byte[] der = root.der();
        String none = "not enough data: cadata does not contain a certificate";
        assertFails(null, null, none, () -> store.addDer(bytes("words")));
        assertFails(null, null, none, () -> store.addDer(Arrays.copyOf(der, 100)));
        assertFails(null, null, none, () -> store.addDer(new byte[0]));
        assertFails("ASN1", "HEADER_TOO_LONG", "header too long", () -> store.addDer(joined(der, bytes("A"))));
        assertFails("ASN1", "NOT_ENOUGH_DATA", "not enough data", () -> store.addDer(joined(der, bytes("words"))));
        assertEquals(new Counts(1, 0, 1), store.counts());
    }

    @Test
    void certificateIsTrustedForWhatItsSettingsSay() throws OpenSslException {
        byte[] mail = {0x30, 0x0C, 0x30, 0x0A, 6, 8, 43, 6, 1, 5, 5, 7, 3, 4};
        byte[] servers = {0x30, 0x0C, 0x30, 0x0A, 6, 8, 43, 6, 1, 5, 5, 7, 3, 1};
        byte[] notServers = {0x30, 0x0C, (byte) 0xA0, 0x0A, 6, 8, 43, 6, 1, 5, 5, 7, 3, 1};
        byte[] name = {0x30, 0x03, 0x0C, 0x01, 'x'};
        assertEquals(VerifyErrors.REJECTED, codeWith(mail));
        assertEquals(VerifyErrors.OK, codeWith(servers));
        assertEquals(VerifyErrors.REJECTED, codeWith(notServers));
        assertEquals(VerifyErrors.OK, codeWith(name));
        byte[] broken = {0x30, 0x03, 0x30, 0x01, 6};
        assertFails("X509", null, "PEM lib", () -> store.addPem(bytes(trusted(joined(root.der(), broken)))));
    }

    /** What comes of a certificate of the root's, where the root is trusted with these settings. */
    private int codeWith(byte[] settings) throws OpenSslException {
        TrustStore limited = new TrustStore();
        limited.addPem(bytes(trusted(joined(root.der(), settings))));
        assertEquals(new Counts(1, 0, 1), limited.counts());
        Made leaf = TestCertificates.server(root, "leaf.test");
        return ChainVerifier.verify(List.of(leaf.certificate()), limited, Purpose.SERVER, 0).code();
    }

    private static String trusted(byte[] content) {
        return new PemBlock("TRUSTED CERTIFICATE", null, content).pem();
    }

    @Test
    void directoryIsReadWhenAChainNeedsIt() {
        String hash = CanonicalName.of(root.certificate().getSubjectX500Principal()).hash();
        Made mimic = TestCertificates.authority("CN=Root");
        Map<String, byte[]> files = new HashMap<>();
        files.put(hash + ".0", bytes(mimic.pem()));
        files.put(hash + ".1", bytes("words"));
        files.put(hash + ".2", bytes(root.pem()));
        files.put(hash + ".4", bytes(leaf.pem()));
        List<String> asked = new ArrayList<>();
        store.addDirectory(name -> {
            asked.add(name);
            return files.get(name);
        });
        assertFalse(store.isEmpty());
        assertEquals(new Counts(0, 0, 0), store.counts());
        assertEquals(List.of(), asked);
        assertEquals(VerifyErrors.OK, verify(leaf));
        assertEquals(List.of(hash + ".0", hash + ".1", hash + ".2", hash + ".3"), asked);
        assertEquals(new Counts(2, 0, 2), store.counts());
        assertEquals(VerifyErrors.OK, verify(leaf));
        assertEquals(4, asked.size(), "what was found is not looked for again");
    }

    @Test
    void directoryHasRevocationLists() throws OpenSslException {
        String hash = CanonicalName.of(root.certificate().getSubjectX500Principal()).hash();
        store.addPem(bytes(root.pem()));
        byte[] list = bytes(TestCertificates.pem(TestCertificates.crl(root, leaf.certificate())));
        store.addDirectory(name -> name.equals(hash + ".r0") ? list : null);
        int flags = VerifyFlags.TRUSTED_FIRST | VerifyFlags.CRL_CHECK;
        var verification = ChainVerifier.verify(List.of(leaf.certificate()), store, Purpose.SERVER, flags);
        assertEquals(VerifyErrors.REVOKED, verification.code());
        assertEquals(new Counts(1, 1, 1), store.counts());
    }

    @Test
    void systemsTrustDoesNotMakeAStoreNonEmpty() {
        store.addSystem();
        assertTrue(store.isEmpty());
        Counts counts = store.counts();
        assertTrue(counts.x509Ca() > 10, counts::toString);
        assertEquals(counts.x509Ca(), store.authorities().size());
        assertEquals(VerifyErrors.UNABLE_TO_GET_ISSUER_LOCALLY, verify(leaf));
    }

    @Test
    void jdksTrustIsUsedWhereTheSystemHasNone() {
        assertTrue(SystemTrust.jdk().certificates().size() > 10);
    }

    @Test
    void unreadablePartOfASystemsBundleIsSkipped(@TempDir Path directory) throws IOException {
        Path bundle = directory.resolve("bundle.crt");
        assertTrue(SystemTrust.bundle(bundle).isEmpty());
        Files.writeString(bundle, BROKEN + root.pem() + BROKEN + leaf.pem());
        assertEquals(2, SystemTrust.bundle(bundle).certificates().size());
    }
}
