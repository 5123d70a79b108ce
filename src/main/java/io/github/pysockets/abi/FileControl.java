package io.github.pysockets.abi;

/** Commands and flags of fcntl(2), and flags of open(2). */
public final class FileControl {
    public static final int F_DUPFD = 0;
    public static final int F_GETFD = 1;
    public static final int F_SETFD = 2;
    public static final int F_GETFL = 3;
    public static final int F_SETFL = 4;
    public static final int F_GETLK = 5;
    public static final int F_SETLK = 6;
    public static final int F_SETLKW = 7;
    public static final int F_GETOWN = 9;
    public static final int F_GETSIG = 11;
    public static final int F_OFD_GETLK = 36;
    public static final int F_OFD_SETLK = 37;
    public static final int F_OFD_SETLKW = 38;
    public static final int F_GETLEASE = 1025;
    public static final int F_DUPFD_CLOEXEC = 1030;
    public static final int F_SETPIPE_SZ = 1031;
    public static final int F_GETPIPE_SZ = 1032;
    public static final int F_ADD_SEALS = 1033;
    public static final int F_GET_SEALS = 1034;

    public static final int FD_CLOEXEC = 1;

    public static final int O_NONBLOCK = 0x800;
    /** The kernel sends a signal when the descriptor is ready. */
    public static final int O_ASYNC = 0x2000;

    private FileControl() {}
}
