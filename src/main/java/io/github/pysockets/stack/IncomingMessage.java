package io.github.pysockets.stack;

import java.util.List;
import java.util.Objects;

/** What recvmsg(2) is to receive, and what came. For one call at a time. */
public final class IncomingMessage {
    private final byte[] into;
    private final int at;
    private final int count;
    private final int controlCapacity;

    private int flags;
    private List<ControlMessage> control = List.of();
    private boolean controlDamaged;
    private SocketAddress from;

    /**
     * @param into array for the data
     * @param at index of the first byte to set
     * @param count most bytes to receive
     * @param controlCapacity bytes of room for ancillary data, headers and padding included
     * @throws IndexOutOfBoundsException where the part is not within the array
     * @throws IllegalArgumentException where {@code controlCapacity} is negative
     */
    public IncomingMessage(byte[] into, int at, int count, int controlCapacity) {
        Objects.checkFromIndexSize(at, count, into.length);
        if (controlCapacity < 0) {
            throw new IllegalArgumentException(
                    "room for ancillary data is not negative, as " + controlCapacity + " is");
        }
        this.into = into;
        this.at = at;
        this.count = count;
        this.controlCapacity = controlCapacity;
    }

    public byte[] into() {
        return into;
    }

    public int at() {
        return at;
    }

    public int count() {
        return count;
    }

    public int controlCapacity() {
        return controlCapacity;
    }

    /** MSG_TRUNC, MSG_CTRUNC and the like, as the stack set them. */
    public int flags() {
        return flags;
    }

    public List<ControlMessage> control() {
        return control;
    }

    /**
     * Whether the ancillary data ended in an item whose length cannot be right: less than a header, in which case the
     * item is not among {@link #control}, or more than there is, in which case what there is of it is. A stack that
     * cuts an item for want of room says so in {@link #flags}, and that is no damage.
     */
    public boolean controlDamaged() {
        return controlDamaged;
    }

    /** The sender's address; null where the protocol gives none. */
    public SocketAddress from() {
        return from;
    }

    /** Called by the stack once the message has come. */
    public void set(int newFlags, List<ControlMessage> newControl, boolean damaged, SocketAddress newFrom) {
        flags = newFlags;
        control = newControl;
        controlDamaged = damaged;
        from = newFrom;
    }
}
