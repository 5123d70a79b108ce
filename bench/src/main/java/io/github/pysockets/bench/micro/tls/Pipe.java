package io.github.pysockets.bench.micro.tls;

import io.github.pysockets.tls.Transport;
import java.util.Arrays;

/** One direction between two connections: bytes in memory. */
final class Pipe {
    private static final int EAGAIN = -11;

    private byte[] bytes = new byte[64 * 1024];
    private int start;
    private int end;

    int send(byte[] from, int at, int count) {
        if (end + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * (end + count));
        }
        System.arraycopy(from, at, bytes, end, count);
        end += count;
        return count;
    }

    int receive(byte[] into, int at, int count) {
        if (start == end) {
            return EAGAIN;
        }
        int received = Math.min(count, end - start);
        System.arraycopy(bytes, start, into, at, received);
        start += received;
        if (start == end) {
            start = end = 0;
        }
        return received;
    }

    /** The transport of the side that sends by one pipe and receives by another. */
    static Transport transport(Pipe out, Pipe in) {
        return new Transport() {
            @Override
            public int receive(byte[] into, int at, int count) {
                return in.receive(into, at, count);
            }

            @Override
            public int send(byte[] from, int at, int count) {
                return out.send(from, at, count);
            }
        };
    }
}
