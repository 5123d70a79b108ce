package io.github.pysockets.stack;

import java.util.Objects;

/**
 * A poller that passes every call on to another one: see {@link ForwardingStack}. Numbers and not endpoints go into it,
 * the same ones as the wrapped stack's.
 */
public abstract class ForwardingPoller implements Poller {
    private final Poller delegate;

    /** @param delegate the poller that does the work */
    protected ForwardingPoller(Poller delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /** What the calls are passed on to. */
    protected final Poller delegate() {
        return delegate;
    }

    @Override
    public int poll(int descriptor, int events, long nanos) {
        return delegate.poll(descriptor, events, nanos);
    }

    @Override
    public int poll(int[] descriptors, short[] events, short[] ready, int count, long nanos) {
        return delegate.poll(descriptors, events, ready, count, nanos);
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
