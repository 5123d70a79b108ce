package io.github.pysockets.abi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** struct timeval, the value of SO_RCVTIMEO and SO_SNDTIMEO: seconds, then microseconds, of eight bytes each. */
public final class Timeval {
    public static final int SIZE = 2 * Long.BYTES;

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long NANOS_PER_MICROSECOND = 1_000;

    private Timeval() {}

    /** The time in nanoseconds. */
    public static long nanos(byte[] timeval) {
        ByteBuffer fields = ByteBuffer.wrap(timeval).order(ByteOrder.nativeOrder());
        return fields.getLong() * NANOS_PER_SECOND + fields.getLong() * NANOS_PER_MICROSECOND;
    }
}
