/**
 * Certificates and keys, as OpenSSL's callers know them: reading them, showing them, and verifying those of a peer.
 * Knows nothing of connections.
 *
 * <p>{@link io.github.pysockets.tls.cert.IdentityReader} reads the own certificate with its key,
 * {@link io.github.pysockets.tls.cert.TrustStore} holds the trusted ones and revocation lists.
 * {@link io.github.pysockets.tls.cert.PeerVerification} verifies a peer: {@code ChainBuilder} finds the chain,
 * {@code ChainRules}, {@code HostNames} and {@code Revocation} check it in OpenSSL's order, and {@code PathValidation}
 * lets the JDK's validator decide last. {@code VerifyErrors} has what can be wrong with a certificate.
 *
 * <p>Below that, {@code PemBlock} and {@code Der} read the encodings, {@code X509Reader} and {@code KeyReader} what is
 * in them, and {@code NestingLimit} and {@code KdfLimits} refuse what would cost too much. Failures are
 * {@link io.github.pysockets.tls.cert.OpenSslException}s.
 */
package io.github.pysockets.tls.cert;
