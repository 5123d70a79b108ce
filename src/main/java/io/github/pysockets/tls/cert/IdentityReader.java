package io.github.pysockets.tls.cert;

import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.ArrayList;
import java.util.List;

/** Reads a certificate with its chain and key from PEM, with the errors of {@code SSLContext.load_cert_chain()}. */
public final class IdentityReader {
    private IdentityReader() {}

    /**
     * Reads an identity at the security level that Python's contexts have.
     *
     * @see #read(byte[], byte[], byte[], int)
     */
    public static Identity read(byte[] certificates, byte[] key, byte[] password) throws OpenSslException {
        return read(certificates, key, password, SecurityLevel.DEFAULT);
    }

    /**
     * Reads an identity.
     *
     * @param certificates a PEM file: the own certificate, then those of its chain
     * @param key a PEM file with the key; null where it is among the certificates
     * @param password of the key; null for none
     * @param securityLevel OpenSSL's, 0 to 5: SSL_CTX_set_security_level(3)
     * @throws OpenSslException where a file has something else, where the password is wrong, where the key is not that
     *         of the certificate, and where one of them is too weak
     */
    public static Identity read(byte[] certificates, byte[] key, byte[] password, int securityLevel)
            throws OpenSslException {
        List<X509Certificate> chain = chain(certificates, securityLevel);
        PrivateKey secret = key(key == null ? certificates : key, password);
        X509Certificate own = chain.getFirst();
        if (KeyMatch.isOfUnknownCurve(own.getPublicKey())) {
            throw OpenSslException.ssl("UNSUPPORTED_ELLIPTIC_CURVE");
        }
        if (!KeyMatch.isSameKind(own.getPublicKey(), secret)) {
            throw OpenSslException.ssl("NO_CERTIFICATE_ASSIGNED");
        }
        if (secret instanceof ECPrivateKey && !KeyMatch.canSign(secret)) {
            throw OpenSslException.ssl("UNSUPPORTED_ELLIPTIC_CURVE");
        }
        if (!KeyMatch.isPair(own.getPublicKey(), secret)) {
            throw OpenSslException.of("X509", "KEY_VALUES_MISMATCH", "key values mismatch");
        }
        return new Identity(chain, secret);
    }

    /** Whether the first key of a PEM file is an encrypted one. False where there is no key. */
    public static boolean needsPassword(byte[] pem) {
        PemBlock block = firstKey(pem);
        return block != null && block.isEncrypted();
    }

    private static List<X509Certificate> chain(byte[] pem, int level) throws OpenSslException {
        PemReader blocks = new PemReader(pem);
        List<X509Certificate> chain = new ArrayList<>();
        X509Certificate own = own(blocks);
        checkStrength(own, level, true);
        chain.add(own);
        for (PemBlock block = blocks.next(); block != null; block = blocks.next()) {
            if (block.isCertificate()) {
                block.requireNoHeaders();
                try {
                    X509Certificate next = X509Reader.certificate(block.content());
                    checkStrength(next, level, false);
                    chain.add(next);
                } catch (CertificateException broken) {
                    throw OpenSslException.of("PEM", null, "ASN1 lib");
                }
            }
        }
        return chain;
    }

    /** The first certificate. Whatever is wrong with it, or before it, is the same failure. */
    private static X509Certificate own(PemReader blocks) throws OpenSslException {
        try {
            for (PemBlock block = blocks.next(); block != null; block = blocks.next()) {
                if (block.isCertificate()) {
                    block.requireNoHeaders();
                    return X509Reader.certificate(block.content());
                }
                byte[] first = block.isTrustedCertificate() ? X509Reader.first(block.content()) : null;
                if (first != null) {
                    return X509Reader.certificate(first);
                }
            }
        } catch (OpenSslException | CertificateException broken) {
            throw unreadable();
        }
        throw unreadable();
    }

    private static PrivateKey key(byte[] pem, byte[] password) throws OpenSslException {
        PemBlock block = firstKey(pem);
        PrivateKey key = block == null ? null : KeyReader.read(block, password);
        if (key == null) {
            throw unreadable();
        }
        return key;
    }

    /** The first key that is whole; null where there is none. Broken blocks before it do not matter. */
    private static PemBlock firstKey(byte[] pem) {
        PemReader blocks = new PemReader(pem);
        for (;;) {
            try {
                PemBlock block = blocks.next();
                if (block == null || block.isPrivateKey()) {
                    return block;
                }
            } catch (OpenSslException broken) {
                // The next block may be a key.
            }
        }
    }

    private static void checkStrength(X509Certificate certificate, int level, boolean own) throws OpenSslException {
        if (!SecurityLevel.isKeyEnough(certificate.getPublicKey(), level)) {
            throw own
                    ? OpenSslException.ssl("EE_KEY_TOO_SMALL")
                    : OpenSslException.ssl("CA_KEY_TOO_SMALL");
        }
        boolean selfSigned = certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
        if (!selfSigned && !SecurityLevel.isSignatureEnough(certificate, level)) {
            throw OpenSslException.ssl("CA_MD_TOO_WEAK");
        }
    }

    private static OpenSslException unreadable() {
        return OpenSslException.of("SSL", null, "PEM lib");
    }
}
