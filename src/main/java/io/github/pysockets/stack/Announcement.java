package io.github.pysockets.stack;

/**
 * A thread that is about to use a stack with a clock. The stack waits for it: no other thread gets its turn, and no
 * time passes, until the announced one makes its first call, blocks elsewhere or ends. So the order in which threads
 * begin is that of their announcements, however long each takes to start. Without an announcement a thread belongs to
 * the stack from its first call on.
 */
public interface Announcement {
    /** Called on the new thread, first of all. Waits for its turn, where threads take turns. */
    void begin();

    /** Called on the thread at its end, or by any other where the thread did not begin. */
    void end();
}
