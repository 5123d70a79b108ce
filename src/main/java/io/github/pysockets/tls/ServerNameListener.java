package io.github.pysockets.tls;

/** Asked by a server's connection once it knows which of its names the client calls: RFC 6066, section 3. */
@FunctionalInterface
public interface ServerNameListener {
    /** The handshake goes on. */
    int GO_ON = -1;

    /**
     * May give the connection another context by {@link TlsConnection#setContext}.
     *
     * @param name null where the client told none
     * @return {@link #GO_ON}, or the number of the alert that ends the handshake
     */
    int named(TlsConnection connection, String name);
}
