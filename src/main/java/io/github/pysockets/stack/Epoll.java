package io.github.pysockets.stack;

/**
 * One epoll(7) instance: a set of endpoints, and what is ready among them. Looking never waits; a set that has
 * something ready is itself ready to read, so {@link Poller} waits for it as for any endpoint.
 *
 * <p>May be used by any number of threads at once.
 */
public interface Epoll {
    /** The set's own descriptor: its flags, duplicates and end. It is no socket. */
    Endpoint endpoint();

    /**
     * epoll_ctl(2).
     *
     * @param operation EPOLL_CTL_ADD, EPOLL_CTL_DEL or EPOLL_CTL_MOD
     * @param target whose events it is about
     * @param events EPOLLIN and so on, 32 bits of which EPOLLET is the sign; nothing to EPOLL_CTL_DEL
     * @param data the caller's own number for the target, which {@link #ready} gives
     * @return 0, or the negated errno
     */
    int control(int operation, Endpoint target, int events, int data);

    /**
     * Tells what is ready now: epoll_wait(2) with a timeout of 0. What an edge-triggered or one-shot endpoint
     * tells, it tells once.
     *
     * @param data set to the caller's own numbers of what is ready
     * @param events set to what each of them is ready for
     * @param most most endpoints to tell of; a shorter array, or the stack, may bound it further, and a further call
     *     tells the rest
     * @return how many there are, or the negated errno: {@code -EINVAL} where there is room for none
     */
    int ready(int[] data, int[] events, int most);
}
