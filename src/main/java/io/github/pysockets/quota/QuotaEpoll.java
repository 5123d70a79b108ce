package io.github.pysockets.quota;

import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.Epoll;
import io.github.pysockets.stack.ForwardingEpoll;

/** An epoll set that reports a member no earlier than it may move bytes. */
final class QuotaEpoll extends ForwardingEpoll {
    private final EpollMembers members;

    QuotaEpoll(Epoll delegate, Endpoint endpoint, EpollMembers members) {
        super(delegate, endpoint);
        this.members = members;
    }

    @Override
    public int control(int operation, Endpoint target, int events, int data) {
        return members.control(delegate(), operation, target, events, data);
    }

    @Override
    public int ready(int[] data, int[] events, int most) {
        return members.ready(delegate(), data, events, most);
    }
}
