package io.github.pysockets.stack;

/** Holds the connection that accept returns besides its int result. Can be reused, but not by two threads at once. */
public final class AcceptedHolder {
    private Endpoint endpoint;
    private SocketAddress peer;

    /** Makes one that holds nothing yet. */
    public AcceptedHolder() {}

    /** The connection that the last call accepted; null if it accepted none. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** The peer's address; null if the family has none. */
    public SocketAddress peer() {
        return peer;
    }

    public void set(Endpoint newEndpoint, SocketAddress newPeer) {
        endpoint = newEndpoint;
        peer = newPeer;
    }
}
