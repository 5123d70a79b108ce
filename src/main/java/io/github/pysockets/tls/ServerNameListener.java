package io.github.pysockets.tls;

/** Called by a server's connection with the server name that the client has sent: RFC 6066, section 3. */
@FunctionalInterface
public interface ServerNameListener {
    /** The handshake goes on. */
    int GO_ON = -1;

    /** The alert for a listener that gives no valid answer: RFC 8446, section 6. */
    int INTERNAL_ERROR = Alerts.INTERNAL_ERROR;

    /**
     * May give the connection another context by {@link TlsConnection#setContext}.
     *
     * @param name null where the client sent none
     * @return {@link #GO_ON}, or the number of the alert that ends the handshake
     */
    int named(TlsConnection connection, String name);
}
