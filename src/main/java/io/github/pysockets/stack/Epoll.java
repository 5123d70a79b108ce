package io.github.pysockets.stack;

/**
 * One epoll(7) instance: a set of descriptors, and what is ready among them. Looking never waits; a set that has
 * something ready is itself ready to read, so {@link Poller} waits for it as for any descriptor.
 *
 * <p>May be used by any number of threads at once.
 */
public interface Epoll {
    /** {@link #control}: puts a descriptor into the set. EPOLL_CTL_ADD. */
    int ADD = 1;

    /** {@link #control}: takes a descriptor out of the set. EPOLL_CTL_DEL. */
    int REMOVE = 2;

    /** {@link #control}: changes the events of a descriptor in the set. EPOLL_CTL_MOD. */
    int MODIFY = 3;

    /** The set's own descriptor: its number, flags, duplicates and end. It is no socket. */
    Endpoint endpoint();

    /**
     * epoll_ctl(2).
     *
     * @param operation {@link #ADD}, {@link #REMOVE} or {@link #MODIFY}
     * @param descriptor whose events it is about; {@link #ready} gives this number
     * @param events EPOLLIN and so on, 32 bits of which EPOLLET is the sign; nothing to {@link #REMOVE}
     * @return 0, or the negated errno
     */
    int control(int operation, int descriptor, int events);

    /**
     * Tells what is ready now: epoll_wait(2) with a timeout of 0. What an edge-triggered or one-shot descriptor
     * tells, it tells once.
     *
     * @param descriptors set to the numbers of what is ready
     * @param events set to what each of them is ready for
     * @param most most descriptors to tell of; a shorter array, or the stack, may bound it further, and a further call
     *     tells the rest
     * @return how many there are, or the negated errno: {@code -EINVAL} where there is room for none
     */
    int ready(int[] descriptors, int[] events, int most);
}
