package io.github.pysockets.abi;

/** Flags and error codes of netdb.h: getaddrinfo(3), getnameinfo(3), gethostbyname(3). */
public final class Netdb {
    public static final int AI_CANONNAME = 2;
    public static final int AI_NUMERICHOST = 4;

    public static final int NI_NUMERICHOST = 1;
    public static final int NI_NAMEREQD = 8;

    public static final int EAI_NONAME = -2;
    public static final int EAI_AGAIN = -3;
    public static final int EAI_FAIL = -4;
    public static final int EAI_NODATA = -5;
    public static final int EAI_FAMILY = -6;
    public static final int EAI_SERVICE = -8;
    public static final int EAI_ADDRFAMILY = -9;
    public static final int EAI_SYSTEM = -11;

    /** Values of h_errno. */
    public static final int NETDB_INTERNAL = -1;

    public static final int HOST_NOT_FOUND = 1;
    public static final int NO_RECOVERY = 3;

    /** The size in bytes of the longest host and service that getnameinfo(3) writes, including the final 0. */
    public static final int NI_MAXHOST = 1025;

    public static final int NI_MAXSERV = 32;

    private Netdb() {}
}
