package io.github.pysockets.tls.cert;

import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Which certificates are trusted, and which are revoked: what {@code SSLContext.load_verify_locations} and
 * {@code load_default_certs} fill. May be used from any thread.
 */
public final class TrustStore {
    /** How many files of one hash are read, so that a directory that answers every name does not keep us for ever. */
    private static final int MOST_FILES = 1_000;

    private final CertificateIndex own = new CertificateIndex();
    private final List<HashedDirectory> directories = new CopyOnWriteArrayList<>();
    private volatile boolean system;

    /**
     * How many there are.
     *
     * @param x509 certificates
     * @param crl revocation lists
     * @param x509Ca certificates of CAs
     */
    public record Counts(int x509, int crl, int x509Ca) {}

    /**
     * Adds the certificates and revocation lists of a PEM file: {@code cafile}.
     *
     * @throws OpenSslException where there are none, or where one is broken. Then none is added
     */
    public void addPem(byte[] pem) throws OpenSslException {
        CertificateIndex found = TrustReader.file(pem);
        synchronized (own) {
            own.addAll(found);
        }
    }

    /**
     * Adds the certificates of a PEM text: {@code cadata} as a str. Revocation lists in it are ignored.
     *
     * @throws OpenSslException where there are none, or where one is broken. Those before it are added
     */
    public void addText(byte[] pem) throws OpenSslException {
        synchronized (own) {
            TrustReader.text(pem, own);
        }
    }

    /**
     * Adds certificates in DER, one after the other: {@code cadata} as bytes.
     *
     * @throws OpenSslException where there are none, or where one is broken. Those before it are added
     */
    public void addDer(byte[] der) throws OpenSslException {
        synchronized (own) {
            TrustReader.der(der, own);
        }
    }

    /** Adds a directory: {@code capath}. It is read only when a chain needs it. */
    public void addDirectory(HashedDirectory directory) {
        directories.add(directory);
    }

    /** Adds the certificates that the system trusts. They are read when a chain is first verified. */
    public void addSystem() {
        system = true;
    }

    /** Whether nothing was added but the certificates that the system trusts. */
    public boolean isEmpty() {
        synchronized (own) {
            return own.isEmpty() && directories.isEmpty();
        }
    }

    /** What it has so far. Files of a directory that no chain has needed are not counted. */
    public Counts counts() {
        CertificateIndex all = all();
        int authorities = (int) all.certificates().stream().filter(TrustStore::isAuthority).count();
        return new Counts(all.certificates().size(), all.lists().size(), authorities);
    }

    /** The certificates of CAs among those it has so far, in the order in which they were added. */
    public List<X509Certificate> authorities() {
        return all().certificates().stream()
                .filter(TrustStore::isAuthority)
                .map(ParsedCertificate::certificate)
                .toList();
    }

    private static boolean isAuthority(ParsedCertificate certificate) {
        return certificate.authority() != ParsedCertificate.Authority.NONE;
    }

    private CertificateIndex all() {
        CertificateIndex all = new CertificateIndex();
        synchronized (own) {
            all.addAll(own);
        }
        if (system) {
            all.addAll(SystemTrust.index());
        }
        return all;
    }

    /** The certificates of a subject. Directories are read only where there are none. */
    List<ParsedCertificate> bySubject(CanonicalName subject) {
        List<ParsedCertificate> found = held(subject);
        if (!found.isEmpty() || directories.isEmpty()) {
            return found;
        }
        addFromDirectories(subject, ".");
        return held(subject);
    }

    /** The revocation lists of an issuer. Directories are read each time, because there may be newer ones. */
    List<X509CRL> revocationLists(CanonicalName issuer) {
        if (!directories.isEmpty()) {
            addFromDirectories(issuer, ".r");
        }
        synchronized (own) {
            return own.byIssuer(issuer);
        }
    }

    /** The trusted certificate that is the same as a presented one; null where there is none. */
    ParsedCertificate same(ParsedCertificate presented) {
        for (ParsedCertificate held : bySubject(presented.subject())) {
            if (held.equals(presented)) {
                return held;
            }
        }
        return null;
    }

    private List<ParsedCertificate> held(CanonicalName subject) {
        List<ParsedCertificate> found;
        synchronized (own) {
            found = own.bySubject(subject);
        }
        if (!system) {
            return found;
        }
        List<ParsedCertificate> all = new ArrayList<>(found);
        all.addAll(SystemTrust.index().bySubject(subject));
        return all;
    }

    /** No lock is held meanwhile, because the script's own code reads the directory. */
    private void addFromDirectories(CanonicalName name, String kind) {
        CertificateIndex found = new CertificateIndex();
        String hash = name.hash();
        for (HashedDirectory directory : directories) {
            for (int number = 0; number < MOST_FILES; number++) {
                byte[] file = directory.file(hash + kind + number);
                if (file == null) {
                    break;
                }
                addFile(found, file);
            }
        }
        synchronized (own) {
            own.addAll(found);
        }
    }

    /** A file that cannot be read is ignored: verification then says what the chain lacks. */
    private static void addFile(CertificateIndex found, byte[] file) {
        try {
            found.addAll(TrustReader.file(file));
        } catch (OpenSslException noPem) {
            try {
                found.add(TrustReader.certificate(file));
            } catch (CertificateException noCertificate) {
                try {
                    found.add(X509Reader.revocationList(file));
                } catch (CRLException unreadable) {
                    // Ignored.
                }
            }
        }
    }
}
