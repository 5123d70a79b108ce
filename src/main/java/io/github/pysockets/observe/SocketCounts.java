package io.github.pysockets.observe;

/**
 * How often something happened, and how many bytes moved.
 *
 * @param open the sockets that are open now
 * @param opened the sockets that there ever were: made, accepted and received ones
 * @param accepted those that came from accept
 * @param connected the calls of connect that succeeded, at once or later
 * @param refused the calls that a rule or a limit of the application refused
 * @param lookUps the questions to the name service about hosts
 * @param bytesIn the bytes that were received, by open and by closed sockets
 * @param bytesOut the bytes that were sent, likewise
 */
public record SocketCounts(
        long open,
        long opened,
        long accepted,
        long connected,
        long refused,
        long lookUps,
        long bytesIn,
        long bytesOut) {
    static final SocketCounts NONE = new SocketCounts(0, 0, 0, 0, 0, 0, 0, 0);

    /** The sums of both. */
    SocketCounts plus(SocketCounts other) {
        return new SocketCounts(
                open + other.open,
                opened + other.opened,
                accepted + other.accepted,
                connected + other.connected,
                refused + other.refused,
                lookUps + other.lookUps,
                bytesIn + other.bytesIn,
                bytesOut + other.bytesOut);
    }
}
