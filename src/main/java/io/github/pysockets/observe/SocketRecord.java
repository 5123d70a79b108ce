package io.github.pysockets.observe;

import io.github.pysockets.stack.SocketAddress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.time.Instant;

/** What is known of one socket. It is left when the socket was dropped, so that its bytes still count. */
final class SocketRecord extends WeakReference<OpenDescriptors> {
    private static final VarHandle BYTES_IN;
    private static final VarHandle BYTES_OUT;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            BYTES_IN = lookup.findVarHandle(SocketRecord.class, "bytesIn", long.class);
            BYTES_OUT = lookup.findVarHandle(SocketRecord.class, "bytesOut", long.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    private final boolean isAccepted;
    private final long opened = System.currentTimeMillis();
    private final long openedNanos = System.nanoTime();

    /** Zero before {@link Ledger} has taken it in, and has set the two others. */
    private volatile long id;
    private int family;
    private int type;

    private volatile SocketAddress peer;

    @SuppressWarnings("unused") // through BYTES_IN
    private volatile long bytesIn;
    @SuppressWarnings("unused") // through BYTES_OUT
    private volatile long bytesOut;
    /** Of {@link CoarseClock}. */
    private long lastUsed = opened;

    SocketRecord(OpenDescriptors descriptors, ReferenceQueue<OpenDescriptors> dropped, boolean isAccepted) {
        super(descriptors, dropped);
        this.isAccepted = isAccepted;
    }

    /** @param newType without flags */
    void identify(long newId, int newFamily, int newType) {
        family = newFamily;
        type = newType;
        id = newId;
    }

    /** Whether it counts as a socket. */
    boolean isListed() {
        return id != 0;
    }

    int family() {
        return family;
    }

    int type() {
        return type;
    }

    long id() {
        return id;
    }

    boolean isAccepted() {
        return isAccepted;
    }

    SocketAddress peer() {
        return peer;
    }

    void connectTo(SocketAddress newPeer) {
        peer = newPeer;
    }

    void addIn(long count) {
        BYTES_IN.getAndAdd(this, count);
        lastUsed = CoarseClock.now();
    }

    void addOut(long count) {
        BYTES_OUT.getAndAdd(this, count);
        lastUsed = CoarseClock.now();
    }

    long bytesIn() {
        return bytesIn;
    }

    long bytesOut() {
        return bytesOut;
    }

    /** How long ago it was opened, in nanoseconds. */
    long age() {
        return System.nanoTime() - openedNanos;
    }

    /** What is known now. Asks for the local address. */
    SocketState state(String label) {
        OpenDescriptors descriptors = get();
        return new SocketState(
                label,
                id,
                SocketText.family(family),
                SocketText.type(type),
                isAccepted,
                descriptors == null ? null : SocketText.address(descriptors.localAddress()),
                SocketText.address(peer),
                bytesIn,
                bytesOut,
                Instant.ofEpochMilli(opened),
                Instant.ofEpochMilli(Math.max(opened, lastUsed)));
    }
}
