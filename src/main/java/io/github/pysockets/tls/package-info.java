/**
 * TLS connections as OpenSSL's callers know them, by the engines of the JDK (JSSE). Knows nothing of Python or of any operating system.
 *
 * <p>A {@link io.github.pysockets.tls.TlsContext} makes {@link io.github.pysockets.tls.TlsConnection}s, each over a
 * {@link io.github.pysockets.tls.Transport}: records are opened and made here, and nothing waits. {@code Handshake} brings a connection
 * up, {@code Records} holds its engine, {@code Inbound} and {@code Outbound} its bytes.
 *
 * <p>What the engine leaves to us: certificates, keys and who is trusted ({@link io.github.pysockets.tls.IdentityReader},
 * {@link io.github.pysockets.tls.TrustStore}, {@code PeerVerification}), OpenSSL's names for ciphers
 * ({@link io.github.pysockets.tls.CipherString}), a look at the client's hello before the engine sees it, and OpenSSL's words for what
 * goes wrong ({@link io.github.pysockets.tls.TlsException}).
 */
package io.github.pysockets.tls;
