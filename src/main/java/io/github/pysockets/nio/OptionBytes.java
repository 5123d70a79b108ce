package io.github.pysockets.nio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The bytes of options: C ints in the order of this machine, addresses in network order. */
final class OptionBytes {
    private OptionBytes() {}

    static byte[] of(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.nativeOrder());
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }

    static int intAt(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getInt(at);
    }

    static long longAt(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getLong(at);
    }

    /** An IPv4 address. */
    static int addressAt(byte[] bytes, int at) {
        return ByteBuffer.wrap(bytes).getInt(at);
    }

    static byte[] ofAddress(int address) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(address).array();
    }
}
