package io.github.pysockets.stack;

/**
 * Waits until an endpoint is ready: poll(2), and a way for other threads to end the wait.
 *
 * <p>Belongs to one waiting thread at a time. A {@link #wake} that comes before the wait ends the next one at once;
 * any number of them count as one. An endpoint of another stack answers POLLNVAL.
 */
public interface Poller extends AutoCloseable {
    /** Waits with no limit. */
    long FOREVER = -1;

    /**
     * Waits for one endpoint.
     *
     * @param endpoint null to wait for {@link #wake} and the time alone
     * @param events POLLIN, POLLOUT and so on
     * @param nanos longest wait in nanoseconds, rounded up to what the platform can do; 0 to look only, which leaves
     *     a wake for the wait that follows; {@link #FOREVER}
     * @return the events that are there; 0 when the time was over, or the wait was woken or interrupted by a signal
     *     (check the clock); or a negated errno, {@code -EBADF} where the poller is closed
     */
    int poll(Endpoint endpoint, int events, long nanos);

    /**
     * Waits for the first {@code count} endpoints.
     *
     * @param endpoints null is passed over
     * @param events what to wait for, for each
     * @param ready set to what is there, for each, POLLNVAL included
     * @return how many are ready, 0 as above, or a negated errno
     */
    int poll(Endpoint[] endpoints, short[] events, short[] ready, int count, long nanos);

    /** Ends the wait that is under way, or else the next one. From any thread. */
    void wake();

    @Override
    void close();
}
