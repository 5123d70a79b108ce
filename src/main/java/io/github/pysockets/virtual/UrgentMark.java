package io.github.pysockets.virtual;

/**
 * Where the urgent data of one direction of a connection is, as Linux has it: tcp(7). The last byte of what was sent as
 * urgent is the mark. A reader is kept from reading across it, and unless it is kept in line the byte is received
 * apart. There is one mark at a time: a new one makes the byte of the old one an ordinary byte.
 */
final class UrgentMark {
    /** Of the value: the byte has not come. */
    private static final int MISSING = -1;
    /** Likewise: it was received. */
    private static final int TAKEN = -2;

    private boolean isSet;
    /** The number of the byte. */
    private long at;
    private int value;

    /**
     * Sets the mark where a segment says, unless that is no news.
     *
     * @param known what is before this number has come already
     * @return whether it was set
     */
    boolean set(TcpSegment segment, long known) {
        long newAt = segment.urgentEnd - 1;
        if (segment.urgentEnd == 0 || newAt < known || isSet && newAt <= at) {
            return false;
        }
        isSet = true;
        at = newAt;
        value = MISSING;
        return true;
    }

    /**
     * Takes the byte out of a segment.
     *
     * @param edge there is no room from this number on
     * @return whether it was there, and is new
     */
    boolean fill(TcpSegment segment, long edge) {
        long offset = at - segment.sequence;
        if (!isSet || value != MISSING || offset < 0 || offset >= segment.data.length || at >= edge) {
            return false;
        }
        value = Byte.toUnsignedInt(segment.data[(int) offset]);
        return true;
    }

    /** Whether the byte of this number is the mark. */
    boolean isAt(long number) {
        return isSet && number == at;
    }

    /** How many bytes may be read at once from here on. */
    long reach(long from) {
        return isSet && from < at ? at - from : Long.MAX_VALUE;
    }

    /** Whether the byte is there to be received apart. */
    boolean hasByte() {
        return isSet && value >= 0;
    }

    /** Whether there is a byte that is not there yet. */
    boolean isMissing() {
        return isSet && value == MISSING;
    }

    byte receive(boolean peeks) {
        byte received = (byte) value;
        if (!peeks) {
            value = TAKEN;
        }
        return received;
    }

    /** All before this number was read. */
    void passed(long number) {
        isSet &= number <= at;
    }
}
