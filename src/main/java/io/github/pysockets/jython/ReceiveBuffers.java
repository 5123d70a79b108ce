package io.github.pysockets.jython;

/** The array that a thread's calls receive into, before a str is made of it. */
final class ReceiveBuffers {
    /** Bytes in the array that each thread keeps. */
    private static final int SMALL = 64 * 1024;

    /** Bytes for which one call asks at most: more than any kernel keeps for one socket. */
    private static final int MOST = 64 * 1024 * 1024;

    private static final ThreadLocal<byte[]> ARRAY = ThreadLocal.withInitial(() -> new byte[SMALL]);

    private ReceiveBuffers() {}

    /**
     * As {@link #atLeast(int)}, for a call with flags: MSG_WAITALL may wait for more when some bytes are there already,
     * and a signal handler that then runs on this thread may receive too.
     */
    static byte[] atLeast(int count, int flags) {
        return flags == 0 ? atLeast(count) : new byte[bounded(count)];
    }

    /** Returns an array of at least {@code count} bytes, or the most. It is the thread's until its next call. */
    static byte[] atLeast(int count) {
        return count <= SMALL ? ARRAY.get() : new byte[bounded(count)];
    }

    /** How many bytes a call asks for when its caller asks for {@code count}. */
    static int bounded(int count) {
        return Math.min(count, MOST);
    }
}
