package io.github.pysockets.python;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;

/** The connections that wait at a listener of an event loop, accepted one after the other. */
public final class AcceptedBatch {
    /** More are left for the next round, so that one listener does not keep the others waiting. */
    private static final int MOST = 1024;

    private final PySocket listener;
    private final int most;

    /** Takes a connection over. */
    @FunctionalInterface
    public interface Taker {
        /** @param peer the peer's address; null where it has none */
        void take(PySocket made, SocketAddress peer);
    }

    /**
     * @param most how many to accept
     * @throws StackException EINVAL where that is less than 1, or the listener is one that waits
     */
    public AcceptedBatch(PySocket listener, int most) throws StackException {
        if (most < 1 || listener.timeout() != 0) {
            throw new StackException(Errno.EINVAL);
        }
        this.listener = listener;
        this.most = Math.min(most, MOST);
    }

    /**
     * Accepts. The connections never wait either.
     *
     * @return 0, or the code of what was in the way of more: EAGAIN where there are no more
     */
    public int accept(Taker taker) {
        AcceptedHolder accepted = new AcceptedHolder();
        for (int i = 0; i < most; i++) {
            PySocket made = null;
            try {
                made = listener.acceptSocket(accepted);
                made.setTimeout(0);
                taker.take(made, accepted.peer());
                made = null;
            } catch (CallFailure | StackException failure) {
                return FailureCodes.of(failure, _ -> null);
            } finally {
                if (made != null) {
                    made.holding().run();
                }
            }
        }
        return 0;
    }
}
