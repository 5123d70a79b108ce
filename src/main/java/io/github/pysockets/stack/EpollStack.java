package io.github.pysockets.stack;

/** A stack that has epoll(7). */
public interface EpollStack extends SocketStack {
    /**
     * Makes an epoll set: epoll_create1(2). Its descriptor is not inherited by child processes. The caller closes it.
     *
     * @param flags EPOLL_CLOEXEC or 0
     */
    Epoll newEpoll(int flags) throws StackException;

    /** An epoll set for an endpoint of this stack that is the descriptor of one. Nothing is checked. */
    Epoll epoll(Endpoint endpoint);
}
