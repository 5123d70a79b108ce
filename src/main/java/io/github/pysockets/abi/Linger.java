package io.github.pysockets.abi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** struct linger, the value of SO_LINGER: a C int that switches it on, and a C int with the seconds. */
public final class Linger {
    public static final int SIZE = 2 * Integer.BYTES;

    private Linger() {}

    /** The time in seconds; 0 if there is none, if it is switched off, or if close resets the connection. */
    public static long seconds(byte[] linger) {
        if (linger.length < SIZE) {
            return 0;
        }
        ByteBuffer fields = ByteBuffer.wrap(linger).order(ByteOrder.nativeOrder());
        return fields.getInt() == 0 ? 0 : Integer.toUnsignedLong(fields.getInt());
    }

    /** The value that switches it off. */
    public static byte[] off() {
        return new byte[SIZE];
    }
}
