/**
 * TLS connections as OpenSSL's callers know them, by the engines of the JDK (JSSE). Knows nothing of Python or of any
 * operating system.
 *
 * <p>A {@link io.github.pysockets.tls.TlsContext} makes {@link io.github.pysockets.tls.TlsConnection}s, each over a
 * {@link io.github.pysockets.tls.Transport}. Records are made and opened here, and no call waits. {@code Handshake}
 * does the handshake, {@code Records} holds the engine, {@code Inbound} and {@code Outbound} its bytes.
 *
 * <p>The engine leaves to us OpenSSL's names for ciphers ({@link io.github.pysockets.tls.CipherString}), a look at the
 * client's hello before the engine sees it, and OpenSSL's words for what goes wrong ({@code JsseErrors},
 * {@code Alerts}). Certificates, keys and trust are in {@link io.github.pysockets.tls.cert}.
 *
 * <p>A bridge into a Python holds each connection as a {@link io.github.pysockets.tls.TlsStream}. Results of calls are
 * numbers; what {@link io.github.pysockets.tls.TlsCodes#FAILED} stands for is kept in a
 * {@link io.github.pysockets.tls.LastFailure}.
 */
package io.github.pysockets.tls;
