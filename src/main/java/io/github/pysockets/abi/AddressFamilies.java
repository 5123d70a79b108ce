package io.github.pysockets.abi;

/** Families of addresses and protocols: address_families(7). */
public final class AddressFamilies {
    public static final int AF_UNSPEC = 0;
    public static final int AF_UNIX = 1;
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;
    public static final int AF_NETLINK = 16;
    public static final int AF_PACKET = 17;
    public static final int AF_RDS = 21;
    public static final int AF_CAN = 29;
    public static final int AF_TIPC = 30;
    public static final int AF_ALG = 38;
    public static final int AF_VSOCK = 40;
    public static final int AF_QIPCRTR = 42;

    private AddressFamilies() {}
}
