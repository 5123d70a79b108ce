package io.github.pysockets.tls.cert;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509ExtensionUtils;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes certificates as a test needs them. Each step can be left out; without any it makes a self-signed
 * certificate on a P-256 key that is good for a day.
 *
 * <pre>
 * Made ca = TestCertificates.authority("CN=Test CA");
 * Made server = TestCertificates.of("CN=localhost").dns("localhost").ip("127.0.0.1").issuedBy(ca);
 * </pre>
 */
public final class TestCertificates {
    private static final AtomicLong SERIAL = new AtomicLong(Instant.now().getEpochSecond() << 16);

    private final X500Name subject;
    private final List<GeneralName> alternatives = new ArrayList<>();
    private final List<Extension> extensions = new ArrayList<>();
    private KeyPair keys;
    private String signature;
    private Instant from = Instant.now().minus(Duration.ofHours(1));
    private Instant to = Instant.now().plus(Duration.ofDays(1));
    private boolean identified = true;

    private TestCertificates(X500Name subject) {
        this.subject = subject;
    }

    /** A certificate with its key. */
    public record Made(X509Certificate certificate, KeyPair keys) {
        public PrivateKey key() {
            return keys.getPrivate();
        }

        public byte[] der() {
            try {
                return certificate.getEncoded();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        /** The certificate as PEM. */
        public String pem() {
            return TestCertificates.pem(certificate);
        }

        /** The key as unencrypted PKCS#8 in PEM. */
        public String keyPem() {
            try {
                return TestCertificates.pem(new JcaPKCS8Generator(key(), null));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** @param subject as in {@code C=XY, O=Makers, CN=localhost} */
    public static TestCertificates of(String subject) {
        return new TestCertificates(new X500Name(subject));
    }

    public static TestCertificates of(X500Name subject) {
        return new TestCertificates(subject);
    }

    /** A root that may sign certificates and revocation lists. */
    public static Made authority(String subject) {
        return of(subject).ca().selfSigned();
    }

    /** A certificate for a server of these DNS names, on a P-256 key. */
    public static Made server(Made issuer, String... names) {
        return of("CN=" + names[0]).dns(names).usage(KeyPurposeId.id_kp_serverAuth).issuedBy(issuer);
    }

    public static Made client(Made issuer, String name) {
        return of("CN=" + name).usage(KeyPurposeId.id_kp_clientAuth).issuedBy(issuer);
    }

    /** A list of what an authority has revoked, valid for a day. */
    public static X509CRL crl(Made issuer, X509Certificate... revoked) {
        Instant now = Instant.now();
        return crl(issuer, now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)), revoked);
    }

    public static X509CRL crl(Made issuer, Instant from, Instant to, X509Certificate... revoked) {
        try {
            var builder =
                    new JcaX509v2CRLBuilder(issuer.certificate().getSubjectX500Principal(), Date.from(from));
            builder.setNextUpdate(Date.from(to));
            for (X509Certificate certificate : revoked) {
                builder.addCRLEntry(certificate.getSerialNumber(), Date.from(from), 0);
            }
            String algorithm = defaultSignature(issuer.key());
            return new JcaX509CRLConverter()
                    .getCRL(builder.build(new JcaContentSignerBuilder(algorithm).build(issuer.key())));
        } catch (OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Anything that Bouncy Castle can write as PEM: certificates, lists, keys (in OpenSSL's old forms). */
    public static String pem(Object object) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** @param kind P-256, P-384, Ed25519, Ed448, RSA-2048, DSA-2048 and the like */
    public static KeyPair newKeys(String kind) {
        try {
            if (kind.startsWith("P-")) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp" + kind.substring(2) + "r1"));
                return generator.generateKeyPair();
            }
            int dash = kind.indexOf('-');
            KeyPairGenerator generator = KeyPairGenerator.getInstance(dash < 0 ? kind : kind.substring(0, dash));
            if (dash > 0) {
                generator.initialize(Integer.parseInt(kind.substring(dash + 1)));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public TestCertificates keys(String kind) {
        return keys(newKeys(kind));
    }

    public TestCertificates keys(KeyPair pair) {
        keys = pair;
        return this;
    }

    /** @param algorithm of the signature, by Java's name: SHA1withRSA */
    public TestCertificates signature(String algorithm) {
        signature = algorithm;
        return this;
    }

    public TestCertificates from(Instant time) {
        from = time;
        return this;
    }

    public TestCertificates to(Instant time) {
        to = time;
        return this;
    }

    public TestCertificates dns(String... names) {
        for (String name : names) {
            alternatives.add(new GeneralName(GeneralName.dNSName, name));
        }
        return this;
    }

    public TestCertificates ip(String... addresses) {
        for (String address : addresses) {
            alternatives.add(new GeneralName(GeneralName.iPAddress, address));
        }
        return this;
    }

    public TestCertificates alternative(GeneralName name) {
        alternatives.add(name);
        return this;
    }

    /** May sign certificates and revocation lists. */
    public TestCertificates ca() {
        return extension(Extension.basicConstraints, true, new BasicConstraints(true))
                .keyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
    }

    /** @param below how many more authorities there may be between it and a leaf */
    public TestCertificates ca(int below) {
        return extension(Extension.basicConstraints, true, new BasicConstraints(below))
                .keyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
    }

    public TestCertificates keyUsage(int bits) {
        return extension(Extension.keyUsage, true, new KeyUsage(bits));
    }

    public TestCertificates usage(KeyPurposeId... purposes) {
        return extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    }

    public TestCertificates extension(ASN1ObjectIdentifier oid, boolean critical, ASN1Encodable value) {
        try {
            extensions.add(new Extension(oid, critical, value.toASN1Primitive().getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Without the identifiers of its own key and of its issuer's. */
    public TestCertificates unidentified() {
        identified = false;
        return this;
    }

    public Made selfSigned() {
        KeyPair own = ownKeys();
        return make(subject, own, own);
    }

    public Made issuedBy(Made issuer) {
        X500Name name = X500Name.getInstance(
                issuer.certificate().getSubjectX500Principal().getEncoded());
        return make(name, issuer.keys(), ownKeys());
    }

    private KeyPair ownKeys() {
        return keys == null ? newKeys("P-256") : keys;
    }

    private Made make(X500Name issuer, KeyPair signer, KeyPair own) {
        try {
            var builder = new X509v3CertificateBuilder(
                    issuer,
                    BigInteger.valueOf(SERIAL.incrementAndGet()),
                    Date.from(from),
                    Date.from(to),
                    subject,
                    publicKey(own.getPublic()));
            addExtensions(builder, signer, own);
            String algorithm = signature == null ? defaultSignature(signer.getPrivate()) : signature;
            JcaContentSignerBuilder signing = new JcaContentSignerBuilder(algorithm);
            if (algorithm.endsWith("MGF1")) {
                // The JDK has RSASSA-PSS under another name.
                signing.setProvider(new BouncyCastleProvider());
            }
            byte[] der = builder.build(signing.build(signer.getPrivate())).getEncoded();
            var parsed = CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            return new Made((X509Certificate) parsed, own);
        } catch (GeneralSecurityException | OperatorCreationException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addExtensions(X509v3CertificateBuilder builder, KeyPair signer, KeyPair own)
            throws CertIOException, GeneralSecurityException {
        if (!alternatives.isEmpty()) {
            var names = new GeneralNames(alternatives.toArray(GeneralName[]::new));
            // The JDK reads no certificate with an empty subject and without critical names.
            builder.addExtension(Extension.subjectAlternativeName, subject.size() == 0, names);
        }
        for (Extension extension : extensions) {
            builder.addExtension(extension);
        }
        if (identified) {
            X509ExtensionUtils utilities = new JcaX509ExtensionUtils();
            builder.addExtension(
                    Extension.subjectKeyIdentifier,
                    false,
                    utilities.createSubjectKeyIdentifier(publicKey(own.getPublic())));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    utilities.createAuthorityKeyIdentifier(publicKey(signer.getPublic())));
        }
    }

    private static SubjectPublicKeyInfo publicKey(PublicKey key) {
        return SubjectPublicKeyInfo.getInstance(key.getEncoded());
    }

    private static String defaultSignature(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "DSA" -> "SHA256withDSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA".equals(key.getAlgorithm()) ? edwards(key) : key.getAlgorithm();
        };
    }

    private static String edwards(PrivateKey key) {
        return ((EdECPrivateKey) key).getParams().getName();
    }
}
