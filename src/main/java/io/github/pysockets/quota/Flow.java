package io.github.pysockets.quota;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.FailureText;
import java.util.concurrent.TimeUnit;

/** The limits of bytes in one direction: for each second, and in all. Thread-safe. */
final class Flow {
    /** The call is held back: it may go on later. */
    static final int HELD = -Errno.EAGAIN;

    /** How long to wait for another thread's call, which leaves some bytes or none. */
    private static final long WHILE_BUSY = TimeUnit.MILLISECONDS.toNanos(1);

    private final ByteRate rate;
    private final Total total;
    private final String text;

    /**
     * @param rate null for no limit
     * @param name of the direction, for messages
     */
    Flow(ByteRate rate, Total total, String name) {
        this.rate = rate;
        this.total = total;
        text = "the limit of " + total.limit() + " bytes " + name + " in all";
    }

    /**
     * Grants bytes of a stream before they are moved.
     *
     * @return how many may be moved, which {@link #settle} needs; {@link #HELD}, or {@code -EDQUOT}
     */
    long grant(Share share, int count) {
        if (rate == null) {
            return reserve(count);
        }
        long allowed = rate.allowance(share);
        return allowed == 0 ? HELD : reserve(Math.min(count, allowed));
    }

    private long reserve(long count) {
        long granted = total.reserve(count);
        if (granted > 0) {
            return granted;
        }
        return total.isOver() ? refuse() : HELD;
    }

    private long refuse() {
        FailureText.leave(Errno.EDQUOT, text);
        return -Errno.EDQUOT;
    }

    /** As {@link #grant}, for a message to send, which goes as a whole. The rate may be in debt after it. */
    long grantMessage(Share share, int count) {
        long granted = grantSome(share, count);
        if (granted < 0 || granted == count) {
            return granted;
        }
        total.settle(granted, 0);
        return total.left() < count ? refuse() : HELD;
    }

    /** As {@link #grant}, for a message to receive, of a length that is not known. The last one may be too long. */
    long grantSome(Share share, int most) {
        return rate != null && rate.allowance(share) == 0 ? HELD : reserve(most);
    }

    /** Counts what was moved. */
    void settle(Share share, long granted, long moved) {
        total.settle(granted, moved);
        if (rate != null) {
            rate.take(share, moved);
        }
    }

    /** The bytes of each second; {@link Total#NONE} for no limit. */
    long perSecond() {
        return rate == null ? Total.NONE : rate.perSecond();
    }

    /** The bytes that are left in all. */
    long left() {
        return total.left();
    }

    /** How many bytes may be looked at without taking them; {@code -EDQUOT} for none. */
    long look(int count) {
        long left = total.left();
        return left > 0 ? Math.min(count, left) : refuse();
    }

    /** The nanoseconds until a byte may be moved; 0 where a call would not be held back. */
    long pause(Share share) {
        long pause = rate == null ? 0 : rate.pause(share);
        return pause == 0 && total.isBusy() ? WHILE_BUSY : pause;
    }
}
