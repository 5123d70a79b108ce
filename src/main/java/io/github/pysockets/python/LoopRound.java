package io.github.pysockets.python;

import java.util.ArrayList;
import java.util.List;

/**
 * What one wait of an event loop has found, on its way to the interpreter, and the buffer that the streams' bytes are
 * in. Used by one call at a time.
 */
final class LoopRound {
    /** Room below which no stream is read: its bytes come in the next round, as it stays ready. */
    static final int LEAST_ROOM = 4096;

    /** Events of descriptors, bytes of streams, datagrams, timers. */
    private final List<Object> events = new ArrayList<>();
    private final List<Object> streams = new ArrayList<>();
    private final List<Object> datagrams = new ArrayList<>();
    private final List<Object> timers = new ArrayList<>();

    private static final int COUNTS = 3;

    private final byte[] buffer;
    private int used;

    LoopRound(byte[] buffer) {
        this.buffer = buffer;
    }

    void begin() {
        used = 0;
        events.clear();
        streams.clear();
        datagrams.clear();
        timers.clear();
    }

    /** @param interest what it is ready for, of {@link EventLoop#READ} and {@link EventLoop#WRITE} */
    void addEvent(int number, int interest) {
        events.add(number);
        events.add(interest);
    }

    void addTimer(Object owner) {
        timers.add(owner);
    }

    /** Where a source reads into, from {@link #used} on. */
    byte[] buffer() {
        return buffer;
    }

    int used() {
        return used;
    }

    int room() {
        return buffer.length - used;
    }

    /** Whether there is room for so many bytes, or no source could ever have more. */
    boolean hasRoom(int wanted) {
        return room() >= Math.min(wanted, buffer.length);
    }

    /** @param count bytes that were read into the buffer; 0 at the end of the stream; or one of {@link Codes} */
    void addStream(Object owner, int count) {
        streams.add(owner);
        if (count < 0) {
            streams.add(0);
            streams.add(count);
        } else {
            streams.add(used);
            used += count;
            streams.add(used);
        }
    }

    /** Tells that records of a TLS connection have come, which nobody has opened yet. */
    void addRecords(Object owner) {
        streams.add(owner);
        streams.add(1);
        streams.add(0);
    }

    /**
     * @param sender the address; 0 for none
     * @param count as {@link #addStream} has it, but that 0 is an empty datagram
     */
    void addDatagram(Object owner, Object sender, int count) {
        datagrams.add(owner);
        datagrams.add(sender);
        if (count < 0) {
            datagrams.add(0);
            datagrams.add(count);
        } else {
            datagrams.add(used);
            used += count;
            datagrams.add(used);
        }
    }

    boolean isEmpty() {
        return events.isEmpty() && streams.isEmpty() && datagrams.isEmpty() && timers.isEmpty();
    }

    /**
     * Returns a tuple. It begins with how many events, streams and datagrams there are. Then come for
     * each event the descriptor and what it is ready for; for each stream its owner and where in the buffer its bytes
     * begin and end; for each datagram its owner, the sender's address, and where its bytes begin and end; and the
     * owners of the timers that are due.
     *
     * <p>A stream without bytes has ended. Where an end is negative, it is one of {@link Codes}. Where the end of a
     * stream is 0 and its beginning 1, it is one of TLS, and records wait to be opened.
     */
    Object toPython(Values values) {
        int count = events.size() + streams.size() + datagrams.size() + timers.size();
        List<Object> flat = new ArrayList<>(COUNTS + count);
        flat.add(events.size() / 2);
        flat.add(streams.size() / 3);
        flat.add(datagrams.size() / 4);
        flat.addAll(events);
        flat.addAll(streams);
        flat.addAll(datagrams);
        flat.addAll(timers);
        return values.tuple(flat.toArray());
    }
}
