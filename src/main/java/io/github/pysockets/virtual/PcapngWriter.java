package io.github.pysockets.virtual;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes a file of packets, block by block, and keeps none of it: PCAP Next Generation, draft-ietf-opsawg-pcapng. Times
 * are nanoseconds since 1970. Packets begin with their IP header: LINKTYPE_RAW.
 */
final class PcapngWriter {
    /** In the epb_flags of a packet. */
    static final int INBOUND = 1;
    static final int OUTBOUND = 2;

    private static final int SECTION_HEADER = 0x0A0D0D0A;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int ENHANCED_PACKET = 6;

    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final short MAJOR = 1;
    private static final short MINOR = 0;
    private static final long UNKNOWN_LENGTH = -1;
    private static final short LINKTYPE_RAW = 101;

    private static final int END_OF_OPTIONS = 0;
    private static final int COMMENT = 1;
    private static final int EPB_FLAGS = 2;
    private static final int IF_NAME = 2;
    private static final int SHB_USERAPPL = 4;
    private static final int IF_TSRESOL = 9;
    private static final byte NANOSECONDS = 9;

    /** Type and length before a block's content, and the length again after it. */
    private static final int FRAME = 3 * Integer.BYTES;
    private static final int ALIGNMENT = 4;
    private static final int OPTION_HEADER = 2 * Short.BYTES;
    private static final int LONGEST_OPTION = 0xFFFF;

    private final OutputStream out;
    private int interfaces;

    /** Begins the file. */
    PcapngWriter(OutputStream out) throws IOException {
        this.out = out;
        byte[] application = utf8("PySockets");
        ByteBuffer content = content(4 * Integer.BYTES + room(application.length) + OPTION_HEADER)
                .putInt(BYTE_ORDER_MAGIC)
                .putShort(MAJOR)
                .putShort(MINOR)
                .putLong(UNKNOWN_LENGTH);
        option(content, SHB_USERAPPL, application);
        end(content);
        write(SECTION_HEADER, content);
    }

    /** Adds an interface, and returns its number for {@link #packet}. */
    int addInterface(String name) throws IOException {
        byte[] bytes = utf8(name);
        ByteBuffer content = content(2 * Integer.BYTES + room(bytes.length) + room(1) + OPTION_HEADER)
                .putShort(LINKTYPE_RAW)
                .putShort((short) 0)
                .putInt(0);
        option(content, IF_NAME, bytes);
        option(content, IF_TSRESOL, new byte[] {NANOSECONDS});
        end(content);
        write(INTERFACE_DESCRIPTION, content);
        return interfaces++;
    }

    /**
     * Adds a packet.
     *
     * @param flags {@link #INBOUND} or {@link #OUTBOUND}
     * @param comment what a reader shows beside the packet; empty for none
     */
    void packet(int interfaceNumber, long epochNanos, byte[] packet, int flags, String comment) throws IOException {
        byte[] remark = utf8(comment);
        int options = room(Integer.BYTES) + (remark.length == 0 ? 0 : room(remark.length)) + OPTION_HEADER;
        ByteBuffer content = content(5 * Integer.BYTES + aligned(packet.length) + options)
                .putInt(interfaceNumber)
                .putInt((int) (epochNanos >>> Integer.SIZE))
                .putInt((int) epochNanos)
                .putInt(packet.length)
                .putInt(packet.length);
        putAligned(content, packet);
        option(content, EPB_FLAGS, content(Integer.BYTES).putInt(flags).array());
        if (remark.length != 0) {
            option(content, COMMENT, remark);
        }
        end(content);
        write(ENHANCED_PACKET, content);
    }

    private static ByteBuffer content(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] utf8(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > LONGEST_OPTION) {
            throw new IllegalArgumentException("longer than an option can be: " + bytes.length + " bytes");
        }
        return bytes;
    }

    /** The size of an option with a value of so many bytes. */
    private static int room(int length) {
        return OPTION_HEADER + aligned(length);
    }

    private static int aligned(int length) {
        return (length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static void putAligned(ByteBuffer content, byte[] bytes) {
        content.put(bytes).put(new byte[aligned(bytes.length) - bytes.length]);
    }

    private static void option(ByteBuffer content, int code, byte[] value) {
        content.putShort((short) code).putShort((short) value.length);
        putAligned(content, value);
    }

    private static void end(ByteBuffer content) {
        content.putShort((short) END_OF_OPTIONS).putShort((short) 0);
    }

    private void write(int type, ByteBuffer content) throws IOException {
        int length = FRAME + content.capacity();
        out.write(content(2 * Integer.BYTES).putInt(type).putInt(length).array());
        out.write(content.array());
        out.write(content(Integer.BYTES).putInt(length).array());
    }
}
