package io.github.pysockets.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CipherSuitesTest {
    /** TLS_EMPTY_RENEGOTIATION_INFO_SCSV, RFC 5746: not a suite. */
    private static final String SIGNAL = "TLS_EMPTY_RENEGOTIATION_INFO_SCSV";

    @Test
    void everySuiteOfThisJavaIsKnown() throws NoSuchAlgorithmException {
        String[] supported = SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites();
        List<String> unknown = new ArrayList<>(List.of(supported));
        unknown.removeIf(name -> name.equals(SIGNAL) || CipherSuites.byJsse(name) != null);
        assertEquals(List.of(), unknown);
    }

    @Test
    void everySuiteIsSupportedByThisJava() throws NoSuchAlgorithmException {
        List<String> supported =
                List.of(SSLContext.getDefault().getSupportedSSLParameters().getCipherSuites());
        assertFalse(CipherSuites.all().isEmpty());
        for (CipherSuite suite : CipherSuites.all()) {
            assertTrue(supported.contains(suite.jsse()), suite.jsse());
        }
    }

    @Test
    void suiteIsFoundByBothItsNumbers() {
        CipherSuite suite = CipherSuites.byJsse("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        assertEquals(0x0300C02F, suite.id());
        assertSame(suite, CipherSuites.byId(0xC02F));
        assertSame(suite, CipherSuites.byId(0x0300C02F));
        assertNull(CipherSuites.byId(0x5600));
        assertNull(CipherSuites.byJsse("TLS_NONE_SUCH"));
    }

    @Test
    void suiteHasWhatPythonShowsOfIt() {
        assertEquals(
                new CipherSuite(
                        0x0300C028,
                        "ECDHE-RSA-AES256-SHA384",
                        "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
                        "TLSv1.2",
                        256,
                        256,
                        "ECDHE-RSA-AES256-SHA384        TLSv1.2 Kx=ECDH     Au=RSA   Enc=AES(256)               "
                                + "Mac=SHA384",
                        false,
                        "aes-256-cbc",
                        "sha384",
                        "kx-ecdhe",
                        "auth-rsa"),
                CipherSuites.byId(0xC028));
    }

    @Test
    void descriptionSaysTheSameAsTheColumns() {
        for (CipherSuite suite : CipherSuites.table()) {
            String description = suite.description();
            assertTrue(description.startsWith(suite.name() + " "), description);
            String digest = suite.aead() ? "AEAD" : suite.digest().toUpperCase(Locale.ROOT);
            assertTrue(description.endsWith("Mac=" + digest), description);
            assertTrue(description.contains("(" + suite.algBits() + ")"), description);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "AES128-SHA, 2, true",
        "AES128-SHA, 3, false",
        "DHE-RSA-AES128-SHA, 3, true",
        "ECDHE-RSA-AES128-GCM-SHA256, 3, true",
        "ECDHE-RSA-AES128-GCM-SHA256, 4, false",
        "ECDHE-RSA-AES256-SHA, 4, false",
        "ECDHE-RSA-AES256-SHA384, 4, true",
        "TLS_AES_128_GCM_SHA256, 3, true",
        "TLS_AES_128_GCM_SHA256, 4, false",
        "TLS_AES_256_GCM_SHA384, 5, true",
        "AES256-GCM-SHA384, 0, true",
    })
    void securityLevelKeepsWeakSuitesOut(String name, int level, boolean allowed) {
        CipherSuite suite = CipherSuites.table().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        assertEquals(allowed, suite.allowedAt(level));
    }
}
