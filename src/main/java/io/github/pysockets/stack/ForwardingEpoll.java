package io.github.pysockets.stack;

import java.util.Objects;

/** An epoll set that forwards every call to another one, except {@link #endpoint}: see {@link ForwardingStack}. */
public class ForwardingEpoll implements Epoll {
    private final Epoll delegate;
    private final Endpoint endpoint;

    /**
     * @param delegate the set that does the work
     * @param endpoint what {@link #endpoint} returns: the other set's endpoint, wrapped
     */
    public ForwardingEpoll(Epoll delegate, Endpoint endpoint) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
        this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
    }

    /** The set that calls are forwarded to. */
    protected final Epoll delegate() {
        return delegate;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public int control(int operation, Endpoint target, int events, int data) {
        return delegate.control(operation, target, events, data);
    }

    @Override
    public int ready(int[] data, int[] events, int most) {
        return delegate.ready(data, events, most);
    }
}
