package io.github.pysockets.python;

import static io.github.pysockets.abi.EpollFlags.EPOLL_CLOEXEC;
import static io.github.pysockets.abi.EpollFlags.EPOLL_CTL_ADD;
import static io.github.pysockets.abi.EpollFlags.EPOLL_CTL_DEL;
import static io.github.pysockets.abi.EpollFlags.EPOLL_CTL_MOD;

import io.github.pysockets.stack.StackException;

/** Waits by the stack's epoll(7). */
final class EpollWaitSet implements WaitSet {
    /** Descriptors that one wait reports. Those that are left come first in the next one. */
    private static final int MOST_AT_ONCE = 1024;

    private final PyEpoll epoll;

    EpollWaitSet(SocketRuntime runtime) throws StackException {
        epoll = runtime.openEpoll(EPOLL_CLOEXEC);
    }

    @Override
    public int add(int number, int events) {
        return epoll.control(EPOLL_CTL_ADD, number, events);
    }

    @Override
    public int modify(int number, int events) {
        return epoll.control(EPOLL_CTL_MOD, number, events);
    }

    @Override
    public int remove(int number) {
        return epoll.control(EPOLL_CTL_DEL, number, 0);
    }

    @Override
    public int await(long nanos, ReadyEvents found) {
        found.prepare(MOST_AT_ONCE);
        int count = epoll.poll(nanos, found.numbers(), found.events(), MOST_AT_ONCE);
        found.setCount(Math.max(0, count));
        return count;
    }

    @Override
    public void close() throws CallFailure, StackException {
        epoll.close();
    }
}
