package io.github.pysockets.stack;

import java.util.Objects;

/**
 * A poller that forwards every call to another one: see {@link ForwardingStack}. The other one finds its own endpoints
 * inside their wrappers.
 */
public abstract class ForwardingPoller implements Poller {
    private final Poller delegate;

    /** @param delegate the poller that does the work */
    protected ForwardingPoller(Poller delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /** The poller that calls are forwarded to. */
    protected final Poller delegate() {
        return delegate;
    }

    @Override
    public int poll(Endpoint endpoint, int events, long nanos) {
        return delegate.poll(endpoint, events, nanos);
    }

    @Override
    public int poll(Endpoint[] endpoints, short[] events, short[] ready, int count, long nanos) {
        return delegate.poll(endpoints, events, ready, count, nanos);
    }

    @Override
    public void wake() {
        delegate.wake();
    }

    @Override
    public void close() {
        delegate.close();
    }
}
