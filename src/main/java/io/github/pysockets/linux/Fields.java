package io.github.pysockets.linux;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Numbers in structs, in host or network byte order. None requires alignment, so structs may be in byte arrays. */
final class Fields {
    static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;

    static final ValueLayout.OfShort HOST_SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    static final ValueLayout.OfInt HOST_INT = ValueLayout.JAVA_INT_UNALIGNED;
    static final ValueLayout.OfLong HOST_LONG = ValueLayout.JAVA_LONG_UNALIGNED;

    static final ValueLayout.OfShort WIRE_SHORT = HOST_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfInt WIRE_INT = HOST_INT.withOrder(ByteOrder.BIG_ENDIAN);
    static final ValueLayout.OfLong WIRE_LONG = HOST_LONG.withOrder(ByteOrder.BIG_ENDIAN);

    private Fields() {}
}
