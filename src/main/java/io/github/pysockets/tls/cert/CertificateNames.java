package io.github.pysockets.tls.cert;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/**
 * Subject and issuer of a certificate, as text for people.
 *
 * @param subject on one line, as OpenSSL has it
 * @param issuer likewise
 * @param rfc2253 the subject in the form of RFC 2253
 */
public record CertificateNames(String subject, String issuer, String rfc2253) {
    /** @throws OpenSslException where it is not a certificate */
    public static CertificateNames of(byte[] der) throws OpenSslException {
        try {
            X509Certificate certificate = X509Reader.certificate(der);
            return new CertificateNames(
                    OneLineName.of(certificate.getSubjectX500Principal()),
                    OneLineName.of(certificate.getIssuerX500Principal()),
                    OneLineName.rfc2253(certificate.getSubjectX500Principal()));
        } catch (CertificateException | RuntimeException noCertificate) {
            throw OpenSslException.of("X509", null, "ASN1 lib");
        }
    }
}
