package io.github.pysockets.tls.cert;

import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.util.Arrays;

/** Reads certificates and revocation lists, with the errors of {@code SSLContext.load_verify_locations}. */
final class TrustReader {
    private static final String NO_CERTIFICATE = ": cadata does not contain a certificate";

    private TrustReader() {}

    /** All certificates and revocation lists of a PEM file. Nothing of a file with an error is used. */
    static CertificateIndex file(byte[] pem) throws OpenSslException {
        CertificateIndex found = new CertificateIndex();
        try {
            PemReader blocks = new PemReader(pem);
            for (PemBlock block = blocks.next(); block != null; block = blocks.next()) {
                addBlock(found, block);
            }
        } catch (OpenSslException | CertificateException | CRLException broken) {
            throw OpenSslException.of("X509", null, "PEM lib");
        }
        if (found.isEmpty()) {
            throw OpenSslException.of("X509", "NO_CERTIFICATE_OR_CRL_FOUND", "no certificate or crl found");
        }
        return found;
    }

    private static void addBlock(CertificateIndex found, PemBlock block)
            throws CertificateException, CRLException, OpenSslException {
        if (block.isCertificate()) {
            block.requireNoHeaders();
            found.add(certificate(block.content()));
        } else if (block.isTrustedCertificate()) {
            block.requireNoHeaders();
            addTrusted(found, block.content());
        } else if (block.isRevocationList()) {
            block.requireNoHeaders();
            found.add(X509Reader.revocationList(block.content()));
        }
    }

    /** A certificate that is followed by what it is trusted for. */
    private static void addTrusted(CertificateIndex found, byte[] content) throws CertificateException {
        byte[] der = X509Reader.first(content);
        if (der == null) {
            throw new CertificateException("no certificate");
        }
        try {
            found.add(ParsedCertificate.of(X509Reader.certificate(der), TrustSettings.of(content, der.length)));
        } catch (IllegalArgumentException broken) {
            throw new CertificateException("broken trust settings", broken);
        }
    }

    /** The certificates of a PEM text; anything else is skipped. Those before an error are kept. */
    static void text(byte[] pem, CertificateIndex found) throws OpenSslException {
        PemReader blocks = new PemReader(pem);
        boolean any = false;
        try {
            for (PemBlock block = blocks.next(); block != null; block = blocks.next()) {
                if (block.isCertificate()) {
                    block.requireNoHeaders();
                    found.add(certificate(block.content()));
                    any = true;
                }
            }
        } catch (CertificateException broken) {
            throw any ? OpenSslException.of("PEM", null, "ASN1 lib") : none("no start line");
        } catch (OpenSslException broken) {
            // As with OpenSSL, a block without any content ends the text.
            if (any && broken.library() == null) {
                return;
            }
            throw any ? broken : none("no start line");
        }
        if (!any) {
            throw none("no start line");
        }
    }

    /** Certificates in DER, one after the other. Those before an error are kept. */
    static void der(byte[] der, CertificateIndex found) throws OpenSslException {
        int at = 0;
        while (at < der.length) {
            int length = X509Reader.length(der, at);
            try {
                if (length < 0) {
                    throw brokenAt(der, at);
                }
                found.add(certificate(Arrays.copyOfRange(der, at, at + length)));
            } catch (OpenSslException | CertificateException broken) {
                if (at == 0) {
                    throw none("not enough data");
                }
                throw broken instanceof OpenSslException known
                        ? known
                        : OpenSslException.of("ASN1", null, "nested asn1 error");
            }
            at += length;
        }
        if (at == 0) {
            throw none("not enough data");
        }
    }

    private static OpenSslException brokenAt(byte[] der, int at) {
        return der.length - at < 2
                ? OpenSslException.of("ASN1", "HEADER_TOO_LONG", "header too long")
                : OpenSslException.of("ASN1", "NOT_ENOUGH_DATA", "not enough data");
    }

    private static OpenSslException none(String what) {
        return OpenSslException.of(null, null, what + NO_CERTIFICATE);
    }

    static ParsedCertificate certificate(byte[] der) throws CertificateException {
        return ParsedCertificate.of(X509Reader.certificate(der));
    }
}
