package io.github.pysockets.quota;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.FailureText;
import io.github.pysockets.stack.StackException;
import java.lang.ref.Cleaner;

/** The place that one open socket takes among those of a quota. It is given back once. */
final class Slot implements Runnable {
    /** For endpoints that nobody closes: their number went elsewhere, or their context was dropped. */
    private static final Cleaner CLEANER = Cleaner.create();

    private final Quota quota;
    private final BufferClaim buffers;
    private Cleaner.Cleanable cleanable;

    private Slot(Quota quota, BufferClaim buffers) {
        this.quota = quota;
        this.buffers = buffers;
    }

    /**
     * Takes a place.
     *
     * @param buffers the buffers of the socket, in which the place then has its part
     * @return null where there is none: {@link #shortage} has the errno
     */
    static Slot take(Quota quota, BufferClaim buffers) {
        if (!quota.openSockets().take(1)) {
            return null;
        }
        if (!quota.sockets().take(1)) {
            quota.openSockets().giveBack(1);
            return null;
        }
        buffers.hold();
        return new Slot(quota, buffers);
    }

    /** Why there is no place: an errno, whose text it leaves. */
    static int shortage(Quota quota) {
        if (quota.sockets().left() == 0) {
            FailureText.leave(Errno.ENOBUFS, "the limit of " + quota.sockets().limit() + " sockets in all");
            return Errno.ENOBUFS;
        }
        FailureText.leave(Errno.EMFILE, "the limit of " + quota.openSockets().limit() + " open sockets");
        return Errno.EMFILE;
    }

    /** As {@link #take}, but throws. */
    static Slot require(Quota quota, BufferClaim buffers) throws StackException {
        Slot taken = take(quota, buffers);
        if (taken == null) {
            throw new StackException(shortage(quota));
        }
        return taken;
    }

    BufferClaim buffers() {
        return buffers;
    }

    /** Gives the place back once the endpoint is dropped, if nobody does so before. */
    void follow(QuotaEndpoint endpoint) {
        if (quota.openSockets().isLimited() || quota.bufferMemory().isLimited()) {
            cleanable = CLEANER.register(endpoint, this);
        }
    }

    /** Gives the place back, if it was not. */
    void giveBack() {
        if (cleanable != null) {
            cleanable.clean();
        }
    }

    /** Called by the cleaner, once. Otherwise for a place that no endpoint has. */
    @Override
    public void run() {
        quota.openSockets().giveBack(1);
        buffers.release();
    }

    /** Undoes {@link #take}: there is no socket after all. */
    void undo() {
        run();
        quota.sockets().giveBack(1);
    }
}
