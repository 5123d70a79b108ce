package io.github.pysockets.virtual;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What has come on a connection: bytes in order, and those that came before others that are still missing. */
final class TcpReceiver {
    private final ByteQueue bytes = new ByteQueue();
    /** By sequence number. */
    private final TreeMap<Long, byte[]> early = new TreeMap<>();
    private int earlySize;

    /** The number that is expected next: RCV.NXT. */
    private long next;
    /** What the peer was told that it may send up to. It is never taken back. */
    private long edge;
    /** The number of the FIN; negative while none has come. */
    private long finAt = -1;
    private boolean isOver;
    /** The number from which on a fault lets nothing pass. */
    private long limit = Long.MAX_VALUE;

    long next() {
        return next;
    }

    /** The SYN has come. */
    void begin(long sequence) {
        next = sequence + 1;
        edge = next;
    }

    int available() {
        return bytes.size();
    }

    /** Whether the peer has sent its FIN, and all before it has come. */
    boolean isOver() {
        return isOver;
    }

    /** The room for more, which is what the peer is told now. */
    int window(int capacity) {
        edge = Math.max(edge, next + free(capacity));
        return (int) (edge - next);
    }

    private long free(int capacity) {
        return Math.min(Math.max(0, capacity - bytes.size() - earlySize), Math.max(0, limit - next));
    }

    /** Takes no byte beyond this many, until the limit is another one. */
    void limit(long bytesOfStream) {
        limit = bytesOfStream + 1;
    }

    void endLimit() {
        limit = Long.MAX_VALUE;
    }

    boolean isAtLimit() {
        return next >= limit;
    }

    /** Whether the peer should be told that there is more room than it knows. */
    boolean hasNews(int capacity, int segmentSize) {
        long known = edge - next;
        long free = free(capacity);
        return free - known >= Math.min(2L * segmentSize, capacity / 2) || known == 0 && free > 0;
    }

    /**
     * Takes what a segment brings, as far as there is room.
     *
     * @return whether something is new that a reader would see
     */
    boolean take(TcpSegment segment) {
        long before = next;
        boolean wasOver = isOver;
        long from = Math.max(segment.sequence, next);
        long to = Math.min(segment.sequence + segment.data.length, edge);
        if (from < to) {
            store(from, segment.data, (int) (from - segment.sequence), (int) (to - from));
        }
        if (segment.has(TcpSegment.FIN) && segment.sequence + segment.data.length < limit) {
            finAt = segment.sequence + segment.data.length;
        }
        if (finAt == next && !isOver) {
            isOver = true;
            next++;
            edge = Math.max(edge, next);
        }
        return next != before || isOver != wasOver;
    }

    private void store(long at, byte[] data, int offset, int count) {
        if (at > next) {
            if (!early.containsKey(at)) {
                early.put(at, Arrays.copyOfRange(data, offset, offset + count));
                earlySize += count;
            }
            return;
        }
        append(data, offset, count);
        for (Map.Entry<Long, byte[]> first = early.firstEntry(); first != null && first.getKey() <= next;
                first = early.firstEntry()) {
            early.pollFirstEntry();
            byte[] later = first.getValue();
            earlySize -= later.length;
            int known = (int) Math.min(later.length, next - first.getKey());
            append(later, known, later.length - known);
        }
    }

    private void append(byte[] data, int offset, int count) {
        bytes.add(data, offset, count);
        next += count;
    }

    /** Reads bytes, which stay if they are only looked at. */
    int read(byte[] into, int at, int count, boolean discards, boolean peeks) {
        int length = Math.min(count, bytes.size());
        if (!discards) {
            bytes.copy(0, into, at, length);
        }
        if (!peeks) {
            bytes.skip(length);
        }
        return length;
    }

    void clear() {
        bytes.clear();
        early.clear();
        earlySize = 0;
    }
}
