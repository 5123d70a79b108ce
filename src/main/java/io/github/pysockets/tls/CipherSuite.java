package io.github.pysockets.tls;

import io.github.pysockets.tls.cert.SecurityLevel;

/**
 * A cipher suite with both of its names and what Python's {@code SSLContext.get_ciphers} shows of it.
 *
 * @param id OpenSSL's number: 0x0300 in front of the two bytes that stand for the suite in a handshake
 * @param name OpenSSL's: ECDHE-RSA-AES128-GCM-SHA256
 * @param jsse the standard name, which Java uses too: TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
 * @param protocol the first protocol that has the suite: SSLv3, TLSv1.0, TLSv1.2, TLSv1.3
 * @param strengthBits how many secret bits the key has
 * @param algBits how many bits the algorithm uses
 * @param description a line with all of this in OpenSSL's form: SSL_CIPHER_description(3)
 * @param aead whether encryption and authentication are one step, without a digest
 * @param symmetric aes-128-gcm
 * @param digest sha256; null where there is none
 * @param kea kx-ecdhe, kx-dhe, kx-rsa, or kx-any for all of TLS 1.3
 * @param auth auth-rsa, auth-ecdsa, auth-dss, or auth-any for all of TLS 1.3
 */
public record CipherSuite(
        int id,
        String name,
        String jsse,
        String protocol,
        int strengthBits,
        int algBits,
        String description,
        boolean aead,
        String symmetric,
        String digest,
        String kea,
        String auth) {

    private static final int BITS_OF_SHA1 = 160;

    /** Whether it is a suite of TLS 1.3, which has its own suites and uses no others. */
    boolean ofTls13() {
        return protocol.equals("TLSv1.3");
    }

    /**
     * Whether a security level lets connections use the suite. See SSL_CTX_set_security_level(3).
     *
     * @param level 0 to 5
     */
    boolean allowedAt(int level) {
        int least = SecurityLevel.leastBits(level);
        boolean forwardSecret = !kea.equals("kx-rsa");
        return strengthBits >= least
                && (level < 3 || forwardSecret)
                && (least <= BITS_OF_SHA1 || !"sha1".equals(digest));
    }
}
