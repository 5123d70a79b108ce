package io.github.pysockets.python;

import io.github.pysockets.abi.Errno;
import java.util.ArrayList;
import java.util.List;

/**
 * What one wait of an event loop has found, on its way to the interpreter, and the buffer that the streams' bytes are
 * in. Used by one call at a time.
 */
final class LoopRound {
    /** Room below which no stream is read: its bytes come in the next round, as it stays ready. */
    private static final int LEAST_ROOM = 4096;

    /** Events of descriptors, bytes of streams, timers. */
    private final List<Object> events = new ArrayList<>();
    private final List<Object> streams = new ArrayList<>();
    private final List<Object> timers = new ArrayList<>();

    private final byte[] buffer;
    private int used;

    LoopRound(byte[] buffer) {
        this.buffer = buffer;
    }

    void begin() {
        used = 0;
        events.clear();
        streams.clear();
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

    /** Reads what a ready stream has, as far as there is room. */
    void read(PySocket socket, Object owner) {
        int room = buffer.length - used;
        if (room < Math.min(LEAST_ROOM, buffer.length)) {
            return;
        }
        int count = socket.recv(buffer, used, room, 0);
        if (count == -Errno.EAGAIN) {
            return;
        }
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

    /**
     * Returns 0 for nothing, or a tuple: how many events there are and how many streams; then for each event the
     * descriptor and what it is ready for; for each stream its owner and where in the buffer its bytes begin and end;
     * and the owners of the timers that are due. A stream without bytes has ended. Where its end is negative, that is
     * one of {@link Codes}.
     */
    Object toPython(Values values) {
        int count = events.size() + streams.size() + timers.size();
        if (count == 0) {
            return 0;
        }
        List<Object> flat = new ArrayList<>(2 + count);
        flat.add(events.size() / 2);
        flat.add(streams.size() / 3);
        flat.addAll(events);
        flat.addAll(streams);
        flat.addAll(timers);
        return values.tuple(flat.toArray());
    }
}
