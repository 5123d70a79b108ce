package io.github.pysockets.tls.cert;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;

/**
 * The certificates that the system trusts: the bundle of its distribution, else the JDK's own. Read once for all
 * contexts of this JVM, when a chain is first verified against it.
 */
final class SystemTrust {
    /** Where the distributions have it. */
    private static final List<String> BUNDLES = List.of(
            "/etc/ssl/certs/ca-certificates.crt",
            "/etc/pki/tls/certs/ca-bundle.crt",
            "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
            "/etc/ssl/ca-bundle.pem",
            "/etc/pki/tls/cacert.pem",
            "/etc/ssl/cert.pem",
            "/usr/local/share/certs/ca-root-nss.crt");

    private SystemTrust() {}

    private static final class Holder {
        private static final CertificateIndex INDEX = read();
    }

    /** Not to be changed. */
    static CertificateIndex index() {
        return Holder.INDEX;
    }

    private static CertificateIndex read() {
        for (String bundle : BUNDLES) {
            CertificateIndex found = bundle(Path.of(bundle));
            if (!found.isEmpty()) {
                return found;
            }
        }
        return jdk();
    }

    /** A certificate that cannot be read is left out, so that all others can be used. */
    static CertificateIndex bundle(Path file) {
        CertificateIndex found = new CertificateIndex();
        try {
            if (Files.isRegularFile(file)) {
                PemReader blocks = new PemReader(Files.readAllBytes(file));
                for (PemBlock block = blocks.next(); block != null; block = blocks.next()) {
                    if (block.isCertificate()) {
                        addIfReadable(found, block.content());
                    }
                }
            }
        } catch (IOException | OpenSslException broken) {
            // What was read so far is used. Where that is nothing, the next bundle is tried.
        }
        return found;
    }

    private static void addIfReadable(CertificateIndex found, byte[] der) {
        try {
            found.add(TrustReader.certificate(der));
        } catch (CertificateException unreadable) {
            // Left out.
        }
    }

    static CertificateIndex jdk() {
        CertificateIndex found = new CertificateIndex();
        Path file = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
        try (InputStream stream = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            // Without a password its integrity is not checked: the file belongs to the JDK itself.
            store.load(stream, null);
            for (String alias : Collections.list(store.aliases())) {
                if (store.getCertificate(alias) instanceof X509Certificate certificate) {
                    found.add(ParsedCertificate.of(certificate));
                }
            }
        } catch (IOException | GeneralSecurityException broken) {
            // Then nothing is trusted, and every verification fails.
        }
        return found;
    }
}
