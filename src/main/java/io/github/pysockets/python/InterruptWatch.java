package io.github.pysockets.python;

import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.Poller;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.spi.AbstractInterruptibleChannel;

/**
 * Notices {@link Thread#interrupt} while a thread is inside a native poll, which does not see it, and wakes the poller.
 *
 * <p>It is a channel only by inheritance: the JDK reports an interrupt to interruptible channels and nothing else. An
 * interrupt closes it, so it serves waits up to the first interrupt.
 */
final class InterruptWatch extends AbstractInterruptibleChannel {
    private final Poller poller;

    InterruptWatch(Poller poller) {
        this.poller = poller;
    }

    /** Polls for one endpoint. An interrupt before or during the wait ends it. */
    int poll(Endpoint endpoint, int events, long nanos) {
        begin();
        try {
            return poller.poll(endpoint, events, nanos);
        } finally {
            endQuietly();
        }
    }

    /** As above, for several. */
    int poll(PollEntries entries, long nanos) {
        begin();
        try {
            return entries.poll(poller, nanos);
        } finally {
            endQuietly();
        }
    }

    private void endQuietly() {
        try {
            end(true);
        } catch (ClosedByInterruptException interrupted) {
            // isOpen() reports it from here on.
        } catch (java.nio.channels.AsynchronousCloseException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    protected void implCloseChannel() {
        poller.wake();
    }
}
