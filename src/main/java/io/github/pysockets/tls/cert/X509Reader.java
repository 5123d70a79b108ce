package io.github.pysockets.tls.cert;

import java.io.ByteArrayInputStream;
import java.security.cert.CRLException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Arrays;

/** Reads certificates and revocation lists in DER. */
final class X509Reader {
    private static final CertificateFactory FACTORY = factory();

    private static final int SEQUENCE = 0x30;
    private static final int LONG_LENGTH = 0x80;

    private X509Reader() {}

    /**
     * The JDK's certificate, which its validator accepts. The JDK is stricter than OpenSSL: what it does not read
     * becomes Bouncy Castle's certificate, which can be shown and counted, but no chain with it is accepted.
     */
    static X509Certificate certificate(byte[] der) throws CertificateException {
        if (NestingLimit.isTooDeep(der)) {
            throw new CertificateException("too deep");
        }
        try {
            return jdks(der);
        } catch (CertificateException notForTheJdk) {
            X509Certificate other = other(der);
            if (other == null) {
                throw notForTheJdk;
            }
            return other;
        }
    }

    private static X509Certificate jdks(byte[] der) throws CertificateException {
        try {
            return (X509Certificate) FACTORY.generateCertificate(new ByteArrayInputStream(der));
        } catch (RuntimeException | StackOverflowError broken) {
            // Byte strings in it may be encodings that are nested too deep themselves.
            throw new CertificateException(broken);
        }
    }

    private static X509Certificate other(byte[] der) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509", BouncyCastle.provider());
            X509Certificate certificate =
                    (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
            // It reads some parts only when they are used, and would fail then.
            return certificate == null || certificate.getPublicKey() == null ? null : certificate;
        } catch (CertificateException | RuntimeException | StackOverflowError noCertificate) {
            return null;
        }
    }

    static X509CRL revocationList(byte[] der) throws CRLException {
        if (NestingLimit.isTooDeep(der)) {
            throw new CRLException("too deep");
        }
        try {
            return (X509CRL) FACTORY.generateCRL(new ByteArrayInputStream(der));
        } catch (RuntimeException | StackOverflowError broken) {
            throw new CRLException(broken);
        }
    }

    /**
     * How many bytes the sequence at a place has, by its own header.
     *
     * @return -1 where there is no sequence, or where it is not whole
     */
    static int length(byte[] der, int at) {
        int left = der.length - at;
        if (left < 2 || der[at] != SEQUENCE) {
            return -1;
        }
        int first = der[at + 1] & 0xFF;
        int more = first < LONG_LENGTH ? 0 : first - LONG_LENGTH;
        if (more > 3 || left < 2 + more || first == LONG_LENGTH) {
            return -1;
        }
        int length = more == 0 ? first : 0;
        for (int i = 0; i < more; i++) {
            length = length << 8 | der[at + 2 + i] & 0xFF;
        }
        return length <= left - 2 - more ? 2 + more + length : -1;
    }

    /** The sequence at the start of some bytes, without what follows it; null where there is none. */
    static byte[] first(byte[] der) {
        int length = length(der, 0);
        return length < 0 ? null : Arrays.copyOf(der, length);
    }

    private static CertificateFactory factory() {
        try {
            return CertificateFactory.getInstance("X.509");
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }
}
