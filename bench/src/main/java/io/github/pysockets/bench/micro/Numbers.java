package io.github.pysockets.bench.micro;

/** Linux's numbers for what the microbenchmarks do. */
public final class Numbers {
    public static final int AF_UNIX = 1;
    public static final int AF_INET = 2;
    public static final int SOCK_STREAM = 1;
    public static final int SOCK_CLOEXEC = 0x80000;

    public static final int SOL_SOCKET = 1;
    public static final int SO_TYPE = 3;
    public static final int SO_LINGER = 13;
    public static final int SCM_RIGHTS = 1;

    public static final int MSG_DONTWAIT = 0x40;
    public static final int MSG_NOSIGNAL = 0x4000;
    public static final short POLLIN = 1;
    public static final int EPOLL_CTL_ADD = 1;

    /** 127.0.0.1 */
    public static final int LOOPBACK = 0x7F00_0001;

    private Numbers() {}
}
