package io.github.pysockets.abi;

import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;

import java.util.Set;

/** The kinds of ancillary data: cmsg(3), unix(7), ip(7), ipv6(7). */
public final class ControlMessages {
    public static final int SCM_RIGHTS = 1;
    public static final int SCM_CREDENTIALS = 2;
    public static final int SCM_PIDFD = 4;

    private static final int SO_MARK = 36;
    private static final int SO_TIMESTAMPING = 37;
    private static final int SCM_TXTIME = 61;
    private static final int SCM_TS_OPT_ID = 81;

    /** Its items hold memory addresses that the network card reads and writes. */
    private static final int SOL_RDS = 276;

    private static final Set<Integer> SENT_WITH_SOL_SOCKET =
            Set.of(SCM_RIGHTS, SCM_CREDENTIALS, SO_TIMESTAMPING, SCM_TXTIME, SCM_TS_OPT_ID);

    /** Bytes of struct cmsghdr. */
    public static final int HEADER = 16;

    private static final int ALIGNMENT = 8;

    private ControlMessages() {}

    /** CMSG_LEN: the bytes of an item with this much data, without the padding at its end. */
    public static long length(long dataLength) {
        return HEADER + dataLength;
    }

    /** CMSG_SPACE: the bytes of an item with this much data, with its padding. */
    public static long space(long dataLength) {
        return HEADER + align(dataLength);
    }

    /** CMSG_ALIGN. */
    public static long align(long length) {
        return length + ALIGNMENT - 1 & -ALIGNMENT;
    }

    /** Whether a received item holds descriptors of the process, as C ints. The receiver closes them. */
    public static boolean bringsDescriptors(int level, int type) {
        return level == SOL_SOCKET && (type == SCM_RIGHTS || type == SCM_PIDFD);
    }

    /** Whether an item to send holds descriptors of the process. */
    public static boolean takesDescriptors(int level, int type) {
        return level == SOL_SOCKET && type == SCM_RIGHTS;
    }

    /**
     * How far an item to send reaches. Items of protocol levels hold host addresses, numbers and keys. The kernel
     * ignores those of another protocol.
     */
    public static Reach reach(int level, int type) {
        if (level == SOL_RDS || level == SOL_SOCKET && type == SO_MARK) {
            return Reach.PROCESS;
        }
        return level == SOL_SOCKET && !SENT_WITH_SOL_SOCKET.contains(type) ? Reach.UNKNOWN : Reach.SOCKET;
    }
}
