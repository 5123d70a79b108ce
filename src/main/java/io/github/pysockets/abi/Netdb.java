package io.github.pysockets.abi;

/** Flags and error codes of netdb.h: getaddrinfo(3), getnameinfo(3), gethostbyname(3). */
public final class Netdb {
    public static final int AI_PASSIVE = 1;
    public static final int AI_CANONNAME = 2;
    public static final int AI_NUMERICHOST = 4;
    public static final int AI_V4MAPPED = 8;
    public static final int AI_ALL = 16;
    public static final int AI_ADDRCONFIG = 32;
    public static final int AI_IDN = 64;
    public static final int AI_NUMERICSERV = 1024;

    /** All flags that getaddrinfo(3) takes, with AI_CANONIDN and two that have no effect any more. */
    public static final int AI_MASK = 0x7ff;

    public static final int NI_NUMERICHOST = 1;
    public static final int NI_NUMERICSERV = 2;
    public static final int NI_NOFQDN = 4;
    public static final int NI_NAMEREQD = 8;
    public static final int NI_DGRAM = 16;

    /** All flags that getnameinfo(3) takes, with NI_IDN and two that have no effect any more. */
    public static final int NI_MASK = 0xff;

    public static final int EAI_BADFLAGS = -1;
    public static final int EAI_NONAME = -2;
    public static final int EAI_AGAIN = -3;
    public static final int EAI_FAIL = -4;
    public static final int EAI_NODATA = -5;
    public static final int EAI_FAMILY = -6;
    public static final int EAI_SOCKTYPE = -7;
    public static final int EAI_SERVICE = -8;
    public static final int EAI_ADDRFAMILY = -9;
    public static final int EAI_MEMORY = -10;
    public static final int EAI_SYSTEM = -11;
    public static final int EAI_OVERFLOW = -12;
    public static final int EAI_INPROGRESS = -100;
    public static final int EAI_CANCELED = -101;
    public static final int EAI_NOTCANCELED = -102;
    public static final int EAI_ALLDONE = -103;
    public static final int EAI_INTR = -104;
    public static final int EAI_IDN_ENCODE = -105;

    /** Values of h_errno. */
    public static final int NETDB_INTERNAL = -1;

    public static final int NETDB_SUCCESS = 0;
    public static final int HOST_NOT_FOUND = 1;
    public static final int TRY_AGAIN = 2;
    public static final int NO_RECOVERY = 3;
    public static final int NO_DATA = 4;

    /** The size in bytes of the longest host and service that getnameinfo(3) writes, including the final 0. */
    public static final int NI_MAXHOST = 1025;

    public static final int NI_MAXSERV = 32;

    private Netdb() {}
}
