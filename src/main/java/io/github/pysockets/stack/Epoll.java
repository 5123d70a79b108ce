package io.github.pysockets.stack;

/**
 * One epoll(7) instance: a set of endpoints, and which of them are ready. No call waits. A set with a ready endpoint is
 * itself readable, so a {@link Poller} waits for it as for any endpoint.
 *
 * <p>May be used by any number of threads at once.
 */
public interface Epoll {
    /** The set's own descriptor, for its flags, duplicates and end. It is not a socket. */
    Endpoint endpoint();

    /**
     * epoll_ctl(2).
     *
     * @param operation EPOLL_CTL_ADD, EPOLL_CTL_DEL or EPOLL_CTL_MOD
     * @param target the endpoint to add, delete or modify
     * @param events EPOLLIN and so on, 32 bits with EPOLLET as the sign; ignored for EPOLL_CTL_DEL
     * @param data the caller's own number for the target, which {@link #ready} returns
     * @return 0, or the negated errno
     */
    int control(int operation, Endpoint target, int events, int data);

    /**
     * Returns what is ready now: epoll_wait(2) with a timeout of 0. An edge-triggered or one-shot endpoint is reported
     * once.
     *
     * @param data set to the caller's own numbers of the ready endpoints
     * @param events set to what each of them is ready for
     * @param most the most endpoints to report; a shorter array, or the stack, may lower it. A further call reports the
     *     rest
     * @return how many are reported, or the negated errno: {@code -EINVAL} if there is no room for any
     */
    int ready(int[] data, int[] events, int most);
}
