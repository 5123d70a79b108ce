package io.github.pysockets.virtual;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A pcapng file as a reader sees it. Checks what its format says of lengths and order. */
final class PcapngFile {
    /** A packet, with its options by their codes. */
    record CapturedPacket(int interfaceNumber, long nanos, byte[] bytes, Map<Integer, byte[]> options) {
        String comment() {
            byte[] comment = options.get(1);
            return comment == null ? "" : new String(comment, StandardCharsets.UTF_8);
        }

        int flags() {
            return ByteBuffer.wrap(options.get(2)).order(ByteOrder.LITTLE_ENDIAN).getInt();
        }
    }

    final List<String> interfaces = new ArrayList<>();
    final List<CapturedPacket> packets = new ArrayList<>();

    PcapngFile(byte[] file) {
        ByteBuffer all = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        boolean isFirst = true;
        while (all.hasRemaining()) {
            int type = all.getInt();
            int length = all.getInt();
            assertEquals(0, length % 4);
            ByteBuffer content = all.slice(all.position(), length - 12).order(ByteOrder.LITTLE_ENDIAN);
            all.position(all.position() + length - 12);
            assertEquals(length, all.getInt(), "a block has its length at its end too");
            assertEquals(isFirst, type == 0x0A0D0D0A, "the first block is the section header, and no other");
            isFirst = false;
            read(type, content);
            assertEquals(0, content.remaining(), "nothing follows the options");
        }
    }

    private void read(int type, ByteBuffer content) {
        switch (type) {
            case 0x0A0D0D0A -> {
                assertEquals(0x1A2B3C4D, content.getInt());
                assertEquals(1, content.getShort());
                assertEquals(0, content.getShort());
                assertEquals(-1, content.getLong());
                options(content);
            }
            case 1 -> {
                assertEquals(101, content.getShort(), "LINKTYPE_RAW");
                assertEquals(0, content.getShort());
                assertEquals(0, content.getInt());
                Map<Integer, byte[]> options = options(content);
                assertEquals(9, options.get(9)[0], "nanoseconds");
                interfaces.add(new String(options.get(2), StandardCharsets.UTF_8));
            }
            case 6 -> {
                int number = content.getInt();
                assertEquals(true, number < interfaces.size(), "the interface is known");
                long nanos = (long) content.getInt() << 32 | content.getInt() & 0xFFFF_FFFFL;
                byte[] bytes = new byte[content.getInt()];
                assertEquals(bytes.length, content.getInt(), "nothing is cut off");
                content.get(bytes);
                content.position((content.position() + 3) / 4 * 4);
                packets.add(new CapturedPacket(number, nanos, bytes, options(content)));
            }
            default -> throw new AssertionError("block of type " + type);
        }
    }

    private static Map<Integer, byte[]> options(ByteBuffer content) {
        Map<Integer, byte[]> options = new LinkedHashMap<>();
        for (;;) {
            int code = content.getShort();
            byte[] value = new byte[content.getShort() & 0xFFFF];
            content.get(value);
            content.position((content.position() + 3) / 4 * 4);
            if (code == 0) {
                return options;
            }
            options.put(code, value);
        }
    }

    /** Whether the 16-bit words add up to what a right checksum makes of them: RFC 1071. */
    static boolean isRight(byte[]... parts) {
        long sum = 0;
        for (byte[] part : parts) {
            for (int at = 0; at < part.length; at++) {
                sum += (part[at] & 0xFF) << (at % 2 == 0 ? 8 : 0);
            }
        }
        while (sum > 0xFFFF) {
            sum = (sum & 0xFFFF) + (sum >> 16);
        }
        return sum == 0xFFFF;
    }
}
