package io.github.pysockets.tls.cert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.pysockets.tls.cert.TestCertificates.Made;
import java.util.HexFormat;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.x509.GeneralName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of certificates match hosts as in X509_check_host(3) of OpenSSL 3.0. */
final class HostNamesTest {
    private static final int NO_PARTIAL_WILDCARDS = 4;
    private static final int NEVER_CHECK_SUBJECT = 0x20;
    private static final int ALWAYS_CHECK_SUBJECT = 1;

    /**
     * OpenSSL's flags. 4: a wildcard is a whole label, Python's default. 0: it may be a part of one. 2: no wildcards.
     * 8: it may match several labels.
     */
    @ParameterizedTest
    @CsvSource({
        "example.com, example.com, 4, true",
        "EXAMPLE.com, example.COM, 4, true",
        "*.example.com, www.example.com, 4, true",
        "*.example.com, WWW.Example.com, 4, true",
        "*.example.com, xn--tst-qla.example.com, 4, true",
        "*.example.com, *.example.com, 4, true",
        "*.xn--e.com, www.xn--e.com, 4, true",
        "www.*.com, www.*.com, 4, true",
        "1.2.3.4, 1.2.3.4, 4, true",
        "example.com, www.example.com, 4, false",
        "*.example.com, example.com, 4, false",
        "*.example.com, .example.com, 4, false",
        "*.example.com, a.b.example.com, 4, false",
        "*.example.com, a_b.example.com, 4, false",
        "*.com, example.com, 4, false",
        "*, localhost, 4, false",
        "*.*.com, a.b.com, 4, false",
        "www.*.com, www.example.com, 4, false",
        "w*.example.com, www.example.com, 4, false",
        "*w.example.com, www.example.com, 4, false",
        "*.example.com., www.example.com., 4, false",
        "*.example..com, www.example..com, 4, false",
        "*.-example.com, www.-example.com, 4, false",
        "xn--*.example.com, xn--a.example.com, 4, false",
        "w*.example.com, www.example.com, 0, true",
        "*w.example.com, www.example.com, 0, true",
        "w*w.example.com, www.example.com, 0, false",
        "w*.example.com, xyz.example.com, 0, false",
        "www*.example.com, www.example.com, 0, true",
        "*a.example.com, xn--a.example.com, 0, false",
        "a-*.example.com, a-b.example.com, 0, false",
        "*-b.example.com, a-b.example.com, 0, true",
        "*.example.com, www.example.com, 2, false",
        "*.example.com, *.example.com, 2, true",
        "*.example.com, a.b.example.com, 8, true",
    })
    void namesMatchPatterns(String pattern, String host, int flags, boolean matches) {
        assertEquals(matches, HostPattern.matches(pattern, host, flags));
    }

    private static int check(Made made, String host, int flags) {
        return HostNames.check(made.certificate(), host, flags | NO_PARTIAL_WILDCARDS);
    }

    @Test
    void alternativeNamesHavePrecedenceOverTheCommonName() {
        Made made = TestCertificates.of("CN=common.example.com").dns("a.example.com", "b.example.com").selfSigned();
        assertEquals(VerifyErrors.OK, check(made, "b.example.com", 0));
        assertEquals(VerifyErrors.HOSTNAME_MISMATCH, check(made, "common.example.com", 0));
        assertEquals(VerifyErrors.OK, check(made, "common.example.com", ALWAYS_CHECK_SUBJECT));
    }

    @Test
    void commonNameCountsWhereThereIsNoDnsName() {
        Made made = TestCertificates.of("CN=common.example.com").ip("127.0.0.1").selfSigned();
        assertEquals(VerifyErrors.OK, check(made, "common.example.com", 0));
        assertEquals(VerifyErrors.HOSTNAME_MISMATCH, check(made, "common.example.com", NEVER_CHECK_SUBJECT));
    }

    @Test
    void addressIsComparedWithAddressesAlone() {
        Made made = TestCertificates.of("CN=10.0.0.1").dns("10.0.0.2").ip("127.0.0.1", "::1").selfSigned();
        assertEquals(VerifyErrors.OK, check(made, "127.0.0.1", 0));
        assertEquals(VerifyErrors.OK, check(made, "0:0:0:0:0:0:0:1", 0));
        assertEquals(VerifyErrors.IP_ADDRESS_MISMATCH, check(made, "10.0.0.1", 0));
        assertEquals(VerifyErrors.IP_ADDRESS_MISMATCH, check(made, "10.0.0.2", 0));
        assertEquals(VerifyErrors.IP_ADDRESS_MISMATCH, check(made, "::2", 0));
    }

    @Test
    void nulDoesNotEndAName() {
        GeneralName name = new GeneralName(GeneralName.dNSName, new DERIA5String("good.example\0.evil.org"));
        Made made = TestCertificates.of("CN=x").alternative(name).selfSigned();
        assertEquals(VerifyErrors.HOSTNAME_MISMATCH, check(made, "good.example", 0));
        assertEquals(VerifyErrors.HOSTNAME_MISMATCH, check(made, "good.example\0.evil.org", 0));
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.3.4, 01020304",
        "001.2.3.255, 010203ff",
        "::, 00000000000000000000000000000000",
        "::1, 00000000000000000000000000000001",
        "1::, 00010000000000000000000000000000",
        "1:2:3:4:5:6:7::, 00010002000300040005000600070000",
        "1:2:3:4:5:6:1.2.3.4, 00010002000300040005000601020304",
        "::FFFF:1.2.3.4, 00000000000000000000ffff01020304",
    })
    void addressesAreRecognized(String text, String bytes) {
        assertEquals(bytes, HexFormat.of().formatHex(AddressText.parse(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "localhost", "1.2.3", "1.2.3.256", "1.2.3.4.", "1.2.3.-4", "1.2.3.x", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
        "1:::2", "1::2::3", ":1::", "1::8:", "12345::", "g::", "1.2.3.4::", "1:2:3:4::5:6:7:8", "fe80::1%eth0",
        "\u0661::"
    })
    void namesAreNotAddresses(String text) {
        assertNull(AddressText.parse(text));
    }
}
