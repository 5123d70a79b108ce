package io.github.pysockets.abi;

/** Types of sockets, and the flags that may be added to one: socket(2). */
public final class SocketTypes {
    public static final int SOCK_STREAM = 1;
    public static final int SOCK_DGRAM = 2;
    public static final int SOCK_RAW = 3;
    public static final int SOCK_SEQPACKET = 5;
    public static final int SOCK_DCCP = 6;

    public static final int SOCK_NONBLOCK = 0x800;
    public static final int SOCK_CLOEXEC = 0x80000;

    private SocketTypes() {}

    /** The type without the flags. */
    public static int withoutFlags(int type) {
        return type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
    }
}
