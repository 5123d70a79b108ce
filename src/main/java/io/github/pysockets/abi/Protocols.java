package io.github.pysockets.abi;

/** Numbers of protocols, and of parts of them: protocols(5), netinet/in.h, linux/can.h, linux/tipc.h. */
public final class Protocols {
    public static final int IPPROTO_IP = 0;
    public static final int IPPROTO_ICMP = 1;
    public static final int IPPROTO_TCP = 6;
    public static final int IPPROTO_UDP = 17;
    public static final int IPPROTO_DCCP = 33;
    public static final int IPPROTO_IPV6 = 41;
    public static final int IPPROTO_ICMPV6 = 58;
    public static final int IPPROTO_SCTP = 132;
    public static final int IPPROTO_UDPLITE = 136;
    public static final int IPPROTO_MPTCP = 262;

    /** The state of a closed TCP connection: struct tcp_info. */
    public static final int TCP_CLOSE = 7;

    public static final int CAN_ISOTP = 6;
    public static final int CAN_J1939 = 7;

    public static final int TIPC_ADDR_NAMESEQ = 1;
    public static final int TIPC_ADDR_NAME = 2;
    public static final int TIPC_ADDR_ID = 3;

    private Protocols() {}
}
