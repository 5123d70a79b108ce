package io.github.pysockets.stack;

/** A stack that has a say in the names by which TLS clients call servers (SNI, RFC 6066). */
public interface ServerNameStack extends SocketStack {
    /**
     * Asked before a client sends a name.
     *
     * @param endpoint the connected socket; null where the bytes of the connection pass through memory
     * @param name the server's name, ASCII
     * @return 0, or the negated errno with which the handshake is to fail
     */
    int checkServerName(Endpoint endpoint, String name);
}
