package io.github.pysockets.virtual;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What has come on a connection: bytes in order, and those that came before others that are still missing. */
final class TcpReceiver {
    private final ByteQueue bytes = new ByteQueue();
    private final UrgentMark urgent = new UrgentMark();
    /** By sequence number. */
    private final TreeMap<Long, byte[]> early = new TreeMap<>();
    private int earlySize;

    /** The number that is expected next: RCV.NXT. */
    private long next;
    /** The number of the first byte that nobody has read. */
    private long unread;
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
        unread = next;
        edge = next;
    }

    /**
     * How many bytes there are to read.
     *
     * @param inline whether urgent data is read with the rest: SO_OOBINLINE
     */
    int available(boolean inline) {
        return bytes.size() - (startsApart(inline) ? 1 : 0);
    }

    /** Whether the first byte is the urgent one, and not for who reads the others. */
    private boolean startsApart(boolean inline) {
        return !inline && bytes.size() > 0 && urgent.isAt(unread);
    }

    UrgentMark urgent() {
        return urgent;
    }

    /** Whether there are bytes that nobody has read, urgent ones too. */
    boolean hasUnread() {
        return bytes.size() > 0;
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

    /** Notes where a segment says that urgent data is, which may be still to come. */
    void noticeUrgent(TcpSegment segment, boolean inline) {
        boolean wasApart = startsApart(inline);
        if (urgent.set(segment, next) && wasApart) {
            // Who reads the others does not get the former one now either.
            drop(1);
        }
    }

    /**
     * Takes what a segment brings, as far as there is room.
     *
     * @return whether something is new that a reader would see
     */
    boolean take(TcpSegment segment) {
        boolean isUrgent = urgent.fill(segment, edge);
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
        return next != before || isOver != wasOver || isUrgent;
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

    /**
     * Reads bytes, which stay if they are only looked at. It never reads across urgent data, and leaves it out unless
     * that is in line; so it may read nothing.
     */
    int read(byte[] into, int at, int count, boolean discards, boolean peeks, boolean inline) {
        int left = startsApart(inline) ? 1 : 0;
        int length = (int) Math.min(Math.min(count, bytes.size() - left), urgent.reach(unread + left));
        if (!discards) {
            bytes.copy(left, into, at, length);
        }
        if (!peeks) {
            drop(left + length);
        }
        return length;
    }

    private void drop(int count) {
        bytes.skip(count);
        unread += count;
        urgent.passed(unread);
    }

    void clear() {
        bytes.clear();
        early.clear();
        earlySize = 0;
    }
}
