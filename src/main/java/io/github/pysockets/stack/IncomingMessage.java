package io.github.pysockets.stack;

import java.util.List;
import java.util.Objects;

/** What recvmsg(2) should receive, and what it received. For one call at a time. */
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
     * @param into the array for the data
     * @param at index of the first byte to set
     * @param count the most bytes to receive
     * @param controlCapacity room for ancillary data in bytes, including headers and padding
     * @throws IndexOutOfBoundsException if the part is not within the array
     * @throws IllegalArgumentException if {@code controlCapacity} is negative
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
     * Whether the last item of the ancillary data has a wrong length. An item shorter than a header is not in
     * {@link #control}. Of an item longer than the data, {@link #control} has what there is. An item that the stack cut
     * because it lacked room is not damaged: {@link #flags} reports it.
     */
    public boolean controlDamaged() {
        return controlDamaged;
    }

    /** The sender's address; null if the protocol has none. */
    public SocketAddress from() {
        return from;
    }

    /** Called by the stack when it has received the message. */
    public void set(int newFlags, List<ControlMessage> newControl, boolean damaged, SocketAddress newFrom) {
        flags = newFlags;
        control = newControl;
        controlDamaged = damaged;
        from = newFrom;
    }
}
