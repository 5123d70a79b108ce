package io.github.pysockets.stack;

/**
 * An endpoint of a stack that holds calls back, to limit a rate. Such a call returns {@code -EAGAIN} although the
 * endpoint below could go on. A {@link Poller} of that stack reports the endpoint as ready no earlier than it may go
 * on.
 */
public interface PacedEndpoint extends Endpoint {
    /**
     * How many calls on this endpoint were held back so far. If the number has not changed during a call that returned
     * {@code -EAGAIN}, the endpoint below said so.
     */
    long heldBack();
}
