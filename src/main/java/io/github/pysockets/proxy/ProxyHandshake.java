package io.github.pysockets.proxy;

/** What a client says to a proxy, and hears, before the connection is the target's. Knows of no socket. */
interface ProxyHandshake {
    /** The bytes to send next, each returned once; empty where there are none. */
    byte[] output();

    /** How many bytes are to be received next, no more; 0 once the connection is the target's. */
    int needs();

    /**
     * Takes bytes that were received.
     *
     * @param bytes not more than {@link #needs} has said
     * @throws ProxyException where the proxy does not do what it was asked for
     */
    void take(byte[] bytes) throws ProxyException;
}
