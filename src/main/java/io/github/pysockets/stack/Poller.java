package io.github.pysockets.stack;

/**
 * Waits until an endpoint is ready: poll(2), and a way for other threads to end the wait.
 *
 * <p>Belongs to one waiting thread at a time. A {@link #wake} before a wait ends that wait at once; several of them
 * count as one. For an endpoint of another stack the result is POLLNVAL.
 */
public interface Poller extends AutoCloseable {
    /** Waits with no limit. */
    long FOREVER = -1;

    /**
     * Waits for one endpoint.
     *
     * @param endpoint null to wait only for {@link #wake} and the time limit
     * @param events POLLIN, POLLOUT and so on
     * @param nanos the longest wait in nanoseconds, rounded up to what the platform can do; 0 to check without waiting,
     *     which leaves a wake for the next wait; {@link #FOREVER}
     * @return the events that occurred; 0 if the time was over, or a wake or a signal ended the wait (check the clock);
     *     or a negated errno, {@code -EBADF} if the poller is closed
     */
    int poll(Endpoint endpoint, int events, long nanos);

    /**
     * Waits for the first {@code count} endpoints.
     *
     * @param endpoints null entries are skipped
     * @param events what to wait for, for each
     * @param ready set to the events of each, including POLLNVAL
     * @return how many are ready, 0 as above, or a negated errno
     */
    int poll(Endpoint[] endpoints, short[] events, short[] ready, int count, long nanos);

    /** Ends the current wait, or else the next one. Any thread may call it. */
    void wake();

    @Override
    void close();
}
