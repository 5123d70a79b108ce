package io.github.pysockets.abi;

/** The flags of sending and receiving calls: send(2), recv(2). */
public final class MessageFlags {
    public static final int MSG_OOB = 0x1;
    public static final int MSG_PEEK = 0x2;
    public static final int MSG_CTRUNC = 0x8;
    public static final int MSG_TRUNC = 0x20;
    public static final int MSG_DONTWAIT = 0x40;
    public static final int MSG_WAITALL = 0x100;
    public static final int MSG_ERRQUEUE = 0x2000;
    public static final int MSG_NOSIGNAL = 0x4000;

    /** The kernel uses the sender's memory after the call too, until the error queue says that it is done. */
    public static final int MSG_ZEROCOPY = 0x400_0000;

    public static final int MSG_FASTOPEN = 0x2000_0000;
    public static final int MSG_CMSG_CLOEXEC = 0x4000_0000;

    /** MSG_OOB to MSG_MORE, which every kernel has. */
    private static final int OLD = 0xffff;

    private static final int ALL = OLD | MSG_ZEROCOPY | MSG_FASTOPEN | MSG_CMSG_CLOEXEC;

    private MessageFlags() {}

    /** SOCKET, or UNKNOWN if one of the flags is not known here: some unknown flags pass memory instead of bytes. */
    public static Reach reach(int flags) {
        return (flags & ~ALL) == 0 ? Reach.SOCKET : Reach.UNKNOWN;
    }
}
