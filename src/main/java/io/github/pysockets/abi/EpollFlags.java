package io.github.pysockets.abi;

/** Operations of epoll_ctl(2), its flags, and the flag of epoll_create1(2). */
public final class EpollFlags {
    public static final int EPOLL_CTL_ADD = 1;
    public static final int EPOLL_CTL_DEL = 2;
    public static final int EPOLL_CTL_MOD = 3;

    public static final int EPOLL_CLOEXEC = 0x80000;

    public static final int EPOLLEXCLUSIVE = 1 << 28;
    public static final int EPOLLONESHOT = 1 << 30;
    /** As Python knows it. In an int it is the sign. */
    public static final long EPOLLET = 1L << 31;

    private EpollFlags() {}
}
