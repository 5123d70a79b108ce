package io.github.pysockets.python;

import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.Poller;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.spi.AbstractInterruptibleChannel;

/**
 * Hears {@link Thread#interrupt} while a thread is inside a native poll, which does not see it, and wakes the poller.
 *
 * <p>A channel by descent only: the JDK tells interruptible channels, and nobody else, of an interrupt. An interrupt closes it, so
 * it is good for waits up to the first interrupt.
 */
final class InterruptWatch extends AbstractInterruptibleChannel {
    private final Poller poller;

    InterruptWatch(Poller poller) {
        this.poller = poller;
    }

    /** Polls for one endpoint; an interrupt from before or during the wait ends it. */
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
            // Told by isOpen() from here on.
        } catch (java.nio.channels.AsynchronousCloseException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    protected void implCloseChannel() {
        poller.wake();
    }
}
