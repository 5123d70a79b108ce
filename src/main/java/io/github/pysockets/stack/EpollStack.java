package io.github.pysockets.stack;

/** A stack that has epoll(7). */
public interface EpollStack extends SocketStack {
    /**
     * Makes an epoll set: epoll_create1(2). Child processes do not inherit its descriptor. The caller closes it.
     *
     * @param flags EPOLL_CLOEXEC or 0
     */
    Epoll newEpoll(int flags) throws StackException;

    /**
     * Returns the epoll set of which {@code endpoint}, one of this stack, is the descriptor. Whether it is one is not
     * checked.
     */
    Epoll epoll(Endpoint endpoint);
}
