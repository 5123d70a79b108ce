package io.github.pysockets.linux;

import static io.github.pysockets.linux.Fields.HOST_INT;
import static io.github.pysockets.linux.Fields.HOST_LONG;
import static io.github.pysockets.linux.Fields.HOST_SHORT;

import io.github.pysockets.stack.DescriptorStatus;
import java.lang.foreign.MemorySegment;

/** struct statx, which has one layout on all architectures, unlike struct stat: statx(2). */
final class Statx {
    static final int SIZE = 256;

    static final int AT_EMPTY_PATH = 0x1000;
    /** Requests what stat(2) returns: STATX_BASIC_STATS. */
    static final int BASIC = 0x7ff;

    private static final int LINKS = 16;
    private static final int USER = 20;
    private static final int GROUP = 24;
    private static final int MODE = 28;
    private static final int INODE = 32;
    private static final int SIZE_AT = 40;
    private static final int ACCESSED = 64;
    private static final int CHANGED = 96;
    private static final int MODIFIED = 112;
    private static final int DEVICE_MAJOR = 136;
    private static final int DEVICE_MINOR = 140;

    private static final int NANOS = 8;
    private static final long NANOS_OF_SECOND = 1_000_000_000L;

    private static final int KIND_MASK = 0xf000;
    private static final int PIPE = 0x1000;
    private static final int BLOCK_DEVICE = 0x6000;
    private static final int REGULAR = 0x8000;

    private Statx() {}

    /** Whether the bytes are on a disk. */
    static boolean isStored(MemorySegment status) {
        int kind = status.get(HOST_SHORT, MODE) & KIND_MASK;
        return kind == REGULAR || kind == BLOCK_DEVICE;
    }

    static boolean isPipe(MemorySegment status) {
        return (status.get(HOST_SHORT, MODE) & KIND_MASK) == PIPE;
    }

    static long inode(MemorySegment status) {
        return status.get(HOST_LONG, INODE);
    }

    static DescriptorStatus decode(MemorySegment status) {
        return new DescriptorStatus(
                Short.toUnsignedInt(status.get(HOST_SHORT, MODE)),
                inode(status),
                device(status.get(HOST_INT, DEVICE_MAJOR), status.get(HOST_INT, DEVICE_MINOR)),
                Integer.toUnsignedLong(status.get(HOST_INT, LINKS)),
                status.get(HOST_INT, USER),
                status.get(HOST_INT, GROUP),
                status.get(HOST_LONG, SIZE_AT),
                time(status, ACCESSED),
                time(status, MODIFIED),
                time(status, CHANGED));
    }

    /** The number that stat(2) has for a device: makedev(3). */
    static long device(int major, int minor) {
        return (major & 0xffff_f000L) << 32
                | (major & 0xfffL) << 8
                | (minor & 0xffff_ff00L) << 12
                | minor & 0xffL;
    }

    private static long time(MemorySegment status, int at) {
        return status.get(HOST_LONG, at) * NANOS_OF_SECOND + status.get(HOST_INT, at + NANOS);
    }
}
