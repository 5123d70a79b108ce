package io.github.pysockets.virtual;

/**
 * A thread that is about to use a network. The network waits for it: no other thread gets its turn, and no time passes,
 * until the announced one makes its first call, blocks elsewhere or ends. So the order in which threads begin is that
 * of their announcements, however long each takes to start. Without an announcement a thread belongs to the network
 * from its first call on.
 */
public interface Announcement {
    /** Called on the new thread, first of all. */
    void begin();

    /** Called on the thread at its end, or by any other where the thread did not begin. */
    void end();
}
