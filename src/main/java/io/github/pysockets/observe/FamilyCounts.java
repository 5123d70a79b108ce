package io.github.pysockets.observe;

/** What happened in one family. {@link Ledger} has the lock. */
final class FamilyCounts {
    long open;
    long opened;
    long accepted;
    long connected;
    long refused;
    long lookUps;
    /** Of closed sockets. */
    long bytesIn;
    /** Of closed sockets. */
    long bytesOut;

    SocketCounts counts() {
        return new SocketCounts(open, opened, accepted, connected, refused, lookUps, bytesIn, bytesOut);
    }
}
