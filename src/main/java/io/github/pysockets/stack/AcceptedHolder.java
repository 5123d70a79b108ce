package io.github.pysockets.stack;

/** Where accept leaves a connection beside its int result. Meant to be reused; not for use by two threads at once. */
public final class AcceptedHolder {
    private Endpoint endpoint;
    private SocketAddress peer;

    /** The connection that the last call took; null where it took none. */
    public Endpoint endpoint() {
        return endpoint;
    }

    /** The address of the other side; null where the family gives none. */
    public SocketAddress peer() {
        return peer;
    }

    public void set(Endpoint newEndpoint, SocketAddress newPeer) {
        endpoint = newEndpoint;
        peer = newPeer;
    }
}
