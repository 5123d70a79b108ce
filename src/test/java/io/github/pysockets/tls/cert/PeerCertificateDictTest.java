package io.github.pysockets.tls.cert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.tls.cert.TestCertificates.Made;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.OtherName;
import org.junit.jupiter.api.Test;

/** Certificates and names as text, in CPython's and OpenSSL's words. */
final class PeerCertificateDictTest {
    /** A value nearly as Python writes it. */
    private static String text(Object value) {
        return switch (value) {
            case Object[] tuple -> Arrays.stream(tuple)
                    .map(PeerCertificateDictTest::text)
                    .collect(Collectors.joining(" ", "(", ")"));
            case byte[] bytes -> "b" + HexFormat.of().formatHex(bytes);
            default -> value.toString();
        };
    }

    private static Map<String, String> form(Made made) throws OpenSslException {
        Map<String, String> form = new HashMap<>();
        for (Object entry : PeerCertificateDict.of(made.der())) {
            Object[] pair = (Object[]) entry;
            form.put((String) pair[0], text(pair[1]));
        }
        return form;
    }

    private static List<Object> keys(Made made) throws OpenSslException {
        return Arrays.stream(PeerCertificateDict.of(made.der()))
                .map(entry -> ((Object[]) entry)[0])
                .toList();
    }

    private static String alternative(GeneralName name) throws OpenSslException {
        return form(TestCertificates.of("CN=x").alternative(name).selfSigned()).get("subjectAltName");
    }

    private static GeneralName address(String url) {
        return new GeneralName(GeneralName.uniformResourceIdentifier, url);
    }

    @Test
    void plainCertificateHasSixKeys() throws OpenSslException {
        Made issuer = TestCertificates.authority("C=XY,O=Makers,CN=Root");
        Made made = TestCertificates.of("CN=localhost")
                .from(Instant.parse("2018-01-05T09:43:40Z"))
                .to(Instant.parse("2055-12-31T23:59:59Z"))
                .issuedBy(issuer);
        assertEquals(List.of("subject", "issuer", "version", "serialNumber", "notBefore", "notAfter"), keys(made));
        Map<String, String> form = form(made);
        assertEquals("(((commonName localhost)))", form.get("subject"));
        assertEquals(
                "(((countryName XY)) ((organizationName Makers)) ((commonName Root)))", form.get("issuer"));
        assertEquals("3", form.get("version"));
        assertEquals("Jan  5 09:43:40 2018 GMT", form.get("notBefore"));
        assertEquals("Dec 31 23:59:59 2055 GMT", form.get("notAfter"));
        String serial = made.certificate().getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
        assertEquals(serial.length() % 2 == 0 ? serial : "0" + serial, form.get("serialNumber"));
    }

    @Test
    void yearsOfTwoDigitsAreOfTheNearerCentury() throws OpenSslException {
        Made made = TestCertificates.of("CN=x")
                .from(Instant.parse("1950-01-01T00:00:00Z"))
                .to(Instant.parse("2049-02-03T04:05:06Z"))
                .selfSigned();
        assertEquals("Jan  1 00:00:00 1950 GMT", form(made).get("notBefore"));
        assertEquals("Feb  3 04:05:06 2049 GMT", form(made).get("notAfter"));
    }

    @Test
    void alternativeNamesOfEachKindAreShown() throws OpenSslException {
        Made made = TestCertificates.of("CN=x")
                .dns("localhost")
                .ip("127.0.0.1", "2001:db8::ab:1")
                .alternative(new GeneralName(GeneralName.rfc822Name, "a@example.org"))
                .alternative(address("https://example.org/"))
                .alternative(new GeneralName(GeneralName.registeredID, "1.2.3.4.5"))
                .alternative(new GeneralName(GeneralName.registeredID, "1.2.840.113549.1.1.1"))
                .alternative(new GeneralName(new X500Name("C=XY,CN=dir")))
                .selfSigned();
        assertEquals(
                "((DNS localhost) (IP Address 127.0.0.1) (IP Address 2001:DB8:0:0:0:0:AB:1) (email a@example.org)"
                        + " (URI https://example.org/) (Registered ID 1.2.3.4.5) (Registered ID rsaEncryption)"
                        + " (DirName (((countryName XY)) ((commonName dir)))))",
                form(made).get("subjectAltName"));
    }

    @Test
    void otherNamesAreShownWhereOpensslKnowsThem() throws OpenSslException {
        ASN1ObjectIdentifier userName = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.3");
        ASN1ObjectIdentifier service = new ASN1ObjectIdentifier("1.3.6.1.5.5.7.8.7");
        DERUTF8String value = new DERUTF8String("a:b");
        assertEquals(
                "((othername UPN:a:b))",
                alternative(new GeneralName(GeneralName.otherName, new OtherName(userName, value))));
        assertEquals(
                "((othername <unsupported>))",
                alternative(new GeneralName(GeneralName.otherName, new OtherName(service, value))));
        assertEquals(
                "((othername SRVName:_x.y))",
                alternative(new GeneralName(
                        GeneralName.otherName, new OtherName(service, new DERIA5String("_x.y")))));
        assertEquals(
                "((EdiPartyName <unsupported>))",
                alternative(new GeneralName(
                        GeneralName.ediPartyName, new DERSequence(new DERTaggedObject(1, value)))));
    }

    @Test
    void nameWithNulIsShownWhole() throws OpenSslException {
        GeneralName name = new GeneralName(GeneralName.dNSName, new DERIA5String("a.example\0.evil.org"));
        assertEquals("((DNS a.example\0.evil.org))", alternative(name));
    }

    @Test
    void emptyAlternativeNamesAreAnEmptyTuple() throws OpenSslException {
        Made made = TestCertificates.of("CN=x")
                .extension(Extension.subjectAlternativeName, false, new DERSequence())
                .selfSigned();
        assertEquals("()", form(made).get("subjectAltName"));
    }

    @Test
    void addressesOfServicesAreShown() throws OpenSslException {
        AccessDescription[] access = {
            new AccessDescription(AccessDescription.id_ad_ocsp, address("http://o/1")),
            new AccessDescription(AccessDescription.id_ad_caIssuers, address("http://c")),
            new AccessDescription(AccessDescription.id_ad_ocsp, address("http://o/2")),
        };
        DistributionPoint[] points = {
            new DistributionPoint(new DistributionPointName(new GeneralNames(address("http://l/1"))), null, null),
            new DistributionPoint(null, null, new GeneralNames(new GeneralName(new X500Name("CN=x")))),
            new DistributionPoint(new DistributionPointName(new GeneralNames(address("http://l/2"))), null, null),
        };
        Made made = TestCertificates.of("CN=x")
                .extension(Extension.authorityInfoAccess, false, new AuthorityInformationAccess(access))
                .extension(Extension.cRLDistributionPoints, false, new CRLDistPoint(points))
                .selfSigned();
        Map<String, String> form = form(made);
        assertEquals("(http://o/1 http://o/2)", form.get("OCSP"));
        assertEquals("(http://c)", form.get("caIssuers"));
        assertEquals("(http://l/1 http://l/2)", form.get("crlDistributionPoints"));
        assertEquals(
                List.of("OCSP", "caIssuers", "crlDistributionPoints"), keys(made).subList(6, 9));
    }

    private static X500Name oddName() {
        AttributeTypeAndValue[] both = {
            new AttributeTypeAndValue(BCStyle.CN, new DERUTF8String("b")),
            new AttributeTypeAndValue(BCStyle.OU, new DERBMPString("a\u00fc")),
        };
        return new X500Name(new RDN[] {
            new RDN(both),
            new RDN(BCStyle.UNIQUE_IDENTIFIER, new DERBitString(new byte[] {1, 2}, 0)),
            new RDN(new ASN1ObjectIdentifier("1.2.3.4.5"), new DERUTF8String("own")),
        });
    }

    @Test
    void oddNamesAreShown() throws OpenSslException {
        Made made = TestCertificates.of(oddName()).selfSigned();
        assertEquals(
                "(((commonName b) (organizationalUnitName a\u00fc)) ((x500UniqueIdentifier b0102)) ((1.2.3.4.5 own)))",
                form(made).get("subject"));
        X500Principal subject = made.certificate().getSubjectX500Principal();
        assertEquals(
                "/CN=b/OU=\\x00a\\x00\\xFC/x500UniqueIdentifier=\\x01\\x02/1.2.3.4.5=own", OneLineName.of(subject));
        assertEquals(
                "1.2.3.4.5=#0C036F776E,x500UniqueIdentifier=#0303000102,OU=a\\C3\\BC+CN=b",
                OneLineName.rfc2253(subject));
    }

    @Test
    void whatIsNoCertificateIsRefused() {
        byte[] der = TestCertificates.of("CN=x").selfSigned().der();
        for (byte[] bytes : List.of(new byte[0], new byte[100], Arrays.copyOf(der, 50), new byte[] {0x30, 0})) {
            assertThrows(OpenSslException.class, () -> PeerCertificateDict.of(bytes));
        }
    }

    @Test
    void namesAreHashedAsOpensslDoes() throws IOException {
        X500Name name = new X500Name(new RDN[] {
            new RDN(BCStyle.C, new DERPrintableString("DE")),
            new RDN(BCStyle.O, new DERUTF8String("  M\u00fcller  und S\u00f6hne ")),
            new RDN(BCStyle.CN, new DERUTF8String("Example CA")),
            new RDN(BCStyle.EmailAddress, new DERIA5String("Root@Example.ORG")),
        });
        assertEquals("cd6cc3ac", CanonicalName.of(name.getEncoded()).hash());
    }

    @Test
    void onOneLineAreTheShortNames() {
        X500Principal name = new X500Principal("CN=\\ a\\,b+OU=x,O=#0c0179,C=US");
        assertTrue(OneLineName.of(name).startsWith("/C=US/O=y/"), OneLineName.of(name));
        assertEquals("CN=a\\+b\\;,C=US", OneLineName.rfc2253(new X500Principal("CN=a\\+b\\;,C=US")));
    }

    @Test
    void objectsHaveNumbersAndNames() {
        ObjectNames.Entry entry =
                new ObjectNames.Entry(129, "serverAuth", "TLS Web Server Authentication", "1.3.6.1.5.5.7.3.1");
        assertEquals(entry, ObjectNames.byNid(129));
        assertEquals(entry, ObjectNames.byOid("1.3.6.1.5.5.7.3.1"));
        assertEquals(entry, ObjectNames.byText("1.3.6.1.5.5.7.3.1", false));
        assertEquals(entry, ObjectNames.byText("serverAuth", true));
        assertEquals(entry, ObjectNames.byText("TLS Web Server Authentication", true));
        assertNull(ObjectNames.byText("serverAuth", false));
        assertNull(ObjectNames.byNid(0));
        assertNull(ObjectNames.byOid("1.2.3.4.5"));
        assertNull(ObjectNames.byNid(33).oid());
    }
}
