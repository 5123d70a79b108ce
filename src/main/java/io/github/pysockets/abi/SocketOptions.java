package io.github.pysockets.abi;

import io.github.pysockets.abi.SocketOption.Form;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The options of sockets: socket(7), ip(7), ipv6(7), tcp(7), udp(7), raw(7), packet(7), netlink(7), vsock(7) and the
 * kernel's headers. The table has those that CPython names, and others that programs use.
 *
 * <p>An option that is not here is not known to be harmless. Left out on purpose are the tables of iptables, ebtables,
 * arptables and IPVS, multicast routing, and rings in shared memory.
 */
public final class SocketOptions {
    public static final int SOL_SOCKET = 1;
    public static final int SO_TYPE = 3;
    public static final int SO_ACCEPTCONN = 30;
    public static final int SO_ERROR = 4;
    public static final int SO_SNDBUF = 7;
    public static final int SO_RCVBUF = 8;
    public static final int SO_LINGER = 13;
    public static final int SO_RCVTIMEO = 20;
    public static final int SO_SNDTIMEO = 21;
    public static final int SO_SNDBUFFORCE = 32;
    public static final int SO_RCVBUFFORCE = 33;
    public static final int SO_PROTOCOL = 38;
    public static final int SO_DOMAIN = 39;
    public static final int SO_COOKIE = 57;
    public static final int SO_ZEROCOPY = 60;

    public static final int TCP_INFO = 11;
    public static final int TCP_FASTOPEN_CONNECT = 30;

    /**
     * Each line "level NUMBER NAME" is followed by the options of that level: number, name, form, and "process" if the
     * option reaches the process. "get" or "set" marks a number that stands for another option in the other direction.
     */
    private static final String TABLE = """
            level 1 SOL_SOCKET
            1 SO_DEBUG int
            2 SO_REUSEADDR int
            3 SO_TYPE int
            4 SO_ERROR int
            5 SO_DONTROUTE int
            6 SO_BROADCAST int
            7 SO_SNDBUF int
            8 SO_RCVBUF int
            9 SO_KEEPALIVE int
            10 SO_OOBINLINE int
            11 SO_NO_CHECK int
            12 SO_PRIORITY int
            13 SO_LINGER struct 8
            14 SO_BSDCOMPAT int
            15 SO_REUSEPORT int
            16 SO_PASSCRED int
            17 SO_PEERCRED struct 12
            18 SO_RCVLOWAT int
            19 SO_SNDLOWAT int
            20 SO_RCVTIMEO struct 16
            21 SO_SNDTIMEO struct 16
            25 SO_BINDTODEVICE bytes
            26 SO_ATTACH_FILTER set struct 16 process
            26 SO_GET_FILTER get counted 8 process
            27 SO_DETACH_FILTER int
            28 SO_PEERNAME bytes
            29 SO_TIMESTAMP int
            30 SO_ACCEPTCONN int
            31 SO_PEERSEC bytes
            32 SO_SNDBUFFORCE int process
            33 SO_RCVBUFFORCE int process
            34 SO_PASSSEC int
            35 SO_TIMESTAMPNS int
            36 SO_MARK int process
            37 SO_TIMESTAMPING struct 8
            38 SO_PROTOCOL int
            39 SO_DOMAIN int
            40 SO_RXQ_OVFL int
            41 SO_WIFI_STATUS int
            42 SO_PEEK_OFF int
            43 SO_NOFCS int
            44 SO_LOCK_FILTER int
            45 SO_SELECT_ERR_QUEUE int
            46 SO_BUSY_POLL int process
            47 SO_MAX_PACING_RATE struct 8
            48 SO_BPF_EXTENSIONS int
            49 SO_INCOMING_CPU int
            50 SO_ATTACH_BPF int process
            51 SO_ATTACH_REUSEPORT_CBPF struct 16 process
            52 SO_ATTACH_REUSEPORT_EBPF int process
            53 SO_CNX_ADVICE int
            55 SO_MEMINFO struct 36
            56 SO_INCOMING_NAPI_ID int
            57 SO_COOKIE struct 8
            59 SO_PEERGROUPS bytes
            60 SO_ZEROCOPY int
            61 SO_TXTIME struct 8
            62 SO_BINDTOIFINDEX int
            63 SO_TIMESTAMP_NEW int
            64 SO_TIMESTAMPNS_NEW int
            65 SO_TIMESTAMPING_NEW struct 8
            66 SO_RCVTIMEO_NEW struct 16
            67 SO_SNDTIMEO_NEW struct 16
            68 SO_DETACH_REUSEPORT_BPF int
            69 SO_PREFER_BUSY_POLL int process
            70 SO_BUSY_POLL_BUDGET int process
            71 SO_NETNS_COOKIE struct 8
            72 SO_BUF_LOCK int
            73 SO_RESERVE_MEM int process
            74 SO_TXREHASH int
            75 SO_RCVMARK int
            76 SO_PASSPIDFD int
            77 SO_PEERPIDFD descriptor
            81 SO_RCVPRIORITY int
            82 SO_PASSRIGHTS int
            83 SO_INQ int
            level 0 IPPROTO_IP
            1 IP_TOS int
            2 IP_TTL int
            3 IP_HDRINCL int
            4 IP_OPTIONS bytes
            5 IP_ROUTER_ALERT int
            6 IP_RECVOPTS int
            7 IP_RETOPTS int
            8 IP_PKTINFO int
            9 IP_PKTOPTIONS bytes
            10 IP_MTU_DISCOVER int
            11 IP_RECVERR int
            12 IP_RECVTTL int
            13 IP_RECVTOS int
            14 IP_MTU int
            15 IP_FREEBIND int
            18 IP_PASSSEC int
            19 IP_TRANSPARENT int process
            20 IP_RECVORIGDSTADDR int
            21 IP_MINTTL int
            22 IP_NODEFRAG int
            23 IP_CHECKSUM int
            24 IP_BIND_ADDRESS_NO_PORT int
            25 IP_RECVFRAGSIZE int
            26 IP_RECVERR_RFC4884 int
            32 IP_MULTICAST_IF struct 12
            33 IP_MULTICAST_TTL int
            34 IP_MULTICAST_LOOP int
            35 IP_ADD_MEMBERSHIP struct 12
            36 IP_DROP_MEMBERSHIP struct 12
            37 IP_UNBLOCK_SOURCE struct 12
            38 IP_BLOCK_SOURCE struct 12
            39 IP_ADD_SOURCE_MEMBERSHIP struct 12
            40 IP_DROP_SOURCE_MEMBERSHIP struct 12
            41 IP_MSFILTER set bytes
            42 MCAST_JOIN_GROUP struct 136
            43 MCAST_BLOCK_SOURCE struct 264
            44 MCAST_UNBLOCK_SOURCE struct 264
            45 MCAST_LEAVE_GROUP struct 136
            46 MCAST_JOIN_SOURCE_GROUP struct 264
            47 MCAST_LEAVE_SOURCE_GROUP struct 264
            48 MCAST_MSFILTER set bytes
            49 IP_MULTICAST_ALL int
            50 IP_UNICAST_IF int
            51 IP_LOCAL_PORT_RANGE int
            52 IP_PROTOCOL int
            80 SO_ORIGINAL_DST get struct 16
            level 41 IPPROTO_IPV6
            2 IPV6_2292PKTINFO int
            3 IPV6_2292HOPOPTS int
            4 IPV6_2292DSTOPTS int
            5 IPV6_2292RTHDR int
            6 IPV6_2292PKTOPTIONS bytes
            7 IPV6_CHECKSUM int
            8 IPV6_2292HOPLIMIT int
            9 IPV6_NEXTHOP bytes
            11 IPV6_FLOWINFO int
            16 IPV6_UNICAST_HOPS int
            17 IPV6_MULTICAST_IF int
            18 IPV6_MULTICAST_HOPS int
            19 IPV6_MULTICAST_LOOP int
            20 IPV6_JOIN_GROUP struct 20
            21 IPV6_LEAVE_GROUP struct 20
            22 IPV6_ROUTER_ALERT int
            23 IPV6_MTU_DISCOVER int
            24 IPV6_MTU int
            25 IPV6_RECVERR int
            26 IPV6_V6ONLY int
            29 IPV6_MULTICAST_ALL int
            31 IPV6_RECVERR_RFC4884 int
            32 IPV6_FLOWLABEL_MGR bytes
            33 IPV6_FLOWINFO_SEND int
            36 IPV6_HDRINCL int
            42 MCAST_JOIN_GROUP struct 136
            43 MCAST_BLOCK_SOURCE struct 264
            44 MCAST_UNBLOCK_SOURCE struct 264
            45 MCAST_LEAVE_GROUP struct 136
            46 MCAST_JOIN_SOURCE_GROUP struct 264
            47 MCAST_LEAVE_SOURCE_GROUP struct 264
            48 MCAST_MSFILTER set bytes
            49 IPV6_RECVPKTINFO int
            50 IPV6_PKTINFO struct 20
            51 IPV6_RECVHOPLIMIT int
            52 IPV6_HOPLIMIT int
            53 IPV6_RECVHOPOPTS int
            54 IPV6_HOPOPTS bytes
            55 IPV6_RTHDRDSTOPTS bytes
            56 IPV6_RECVRTHDR int
            57 IPV6_RTHDR bytes
            58 IPV6_RECVDSTOPTS int
            59 IPV6_DSTOPTS bytes
            60 IPV6_RECVPATHMTU int
            61 IPV6_PATHMTU struct 32
            62 IPV6_DONTFRAG int
            63 IPV6_USE_MIN_MTU int
            66 IPV6_RECVTCLASS int
            67 IPV6_TCLASS int
            70 IPV6_AUTOFLOWLABEL int
            72 IPV6_ADDR_PREFERENCES int
            73 IPV6_MINHOPCOUNT int
            74 IPV6_RECVORIGDSTADDR int
            75 IPV6_TRANSPARENT int process
            76 IPV6_UNICAST_IF int
            77 IPV6_RECVFRAGSIZE int
            78 IPV6_FREEBIND int
            80 IP6T_SO_ORIGINAL_DST get struct 28
            level 6 IPPROTO_TCP
            1 TCP_NODELAY int
            2 TCP_MAXSEG int
            3 TCP_CORK int
            4 TCP_KEEPIDLE int
            5 TCP_KEEPINTVL int
            6 TCP_KEEPCNT int
            7 TCP_SYNCNT int
            8 TCP_LINGER2 int
            9 TCP_DEFER_ACCEPT int
            10 TCP_WINDOW_CLAMP int
            11 TCP_INFO bytes
            12 TCP_QUICKACK int
            13 TCP_CONGESTION bytes
            14 TCP_MD5SIG bytes
            16 TCP_THIN_LINEAR_TIMEOUTS int
            17 TCP_THIN_DUPACK int
            18 TCP_USER_TIMEOUT int
            19 TCP_REPAIR int process
            20 TCP_REPAIR_QUEUE int process
            21 TCP_QUEUE_SEQ int process
            22 TCP_REPAIR_OPTIONS bytes process
            23 TCP_FASTOPEN int
            24 TCP_TIMESTAMP int
            25 TCP_NOTSENT_LOWAT int
            26 TCP_CC_INFO bytes
            27 TCP_SAVE_SYN int
            28 TCP_SAVED_SYN bytes
            29 TCP_REPAIR_WINDOW struct 20 process
            30 TCP_FASTOPEN_CONNECT int
            31 TCP_ULP bytes process
            32 TCP_MD5SIG_EXT bytes
            33 TCP_FASTOPEN_KEY bytes
            34 TCP_FASTOPEN_NO_COOKIE int
            35 TCP_ZEROCOPY_RECEIVE struct 64 process
            36 TCP_INQ int
            37 TCP_TX_DELAY int
            43 TCP_IS_MPTCP int
            44 TCP_RTO_MAX_MS int
            45 TCP_RTO_MIN_US int
            46 TCP_DELACK_MAX_US int
            level 17 IPPROTO_UDP
            1 UDP_CORK int
            101 UDP_NO_CHECK6_TX int
            102 UDP_NO_CHECK6_RX int
            103 UDP_SEGMENT int
            104 UDP_GRO int
            level 136 IPPROTO_UDPLITE
            1 UDP_CORK int
            10 UDPLITE_SEND_CSCOV int
            11 UDPLITE_RECV_CSCOV int
            level 58 IPPROTO_ICMPV6
            1 ICMPV6_FILTER struct 32
            level 255 SOL_RAW
            1 ICMP_FILTER struct 4
            7 IPV6_CHECKSUM int
            level 132 IPPROTO_SCTP
            0 SCTP_RTOINFO struct 16
            1 SCTP_ASSOCINFO struct 20
            2 SCTP_INITMSG struct 8
            3 SCTP_NODELAY int
            4 SCTP_AUTOCLOSE int
            7 SCTP_ADAPTATION_LAYER int
            8 SCTP_DISABLE_FRAGMENTS int
            10 SCTP_DEFAULT_SEND_PARAM struct 32
            11 SCTP_EVENTS bytes
            12 SCTP_I_WANT_MAPPED_V4_ADDR int
            13 SCTP_MAXSEG struct 8
            14 SCTP_STATUS struct 176
            16 SCTP_DELAYED_SACK struct 12
            18 SCTP_FRAGMENT_INTERLEAVE int
            19 SCTP_PARTIAL_DELIVERY_POINT int
            20 SCTP_MAX_BURST struct 8
            32 SCTP_RECVRCVINFO int
            33 SCTP_RECVNXTINFO int
            level 40 AF_VSOCK
            0 SO_VM_SOCKETS_BUFFER_SIZE struct 8
            1 SO_VM_SOCKETS_BUFFER_MIN_SIZE struct 8
            2 SO_VM_SOCKETS_BUFFER_MAX_SIZE struct 8
            3 SO_VM_SOCKETS_PEER_HOST_VM_ID struct 8
            5 SO_VM_SOCKETS_TRUSTED struct 8
            6 SO_VM_SOCKETS_CONNECT_TIMEOUT struct 16
            7 SO_VM_SOCKETS_NONBLOCK_TXRX struct 8
            8 SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW struct 16
            level 101 SOL_CAN_RAW
            1 CAN_RAW_FILTER bytes
            2 CAN_RAW_ERR_FILTER int
            3 CAN_RAW_LOOPBACK int
            4 CAN_RAW_RECV_OWN_MSGS int
            5 CAN_RAW_FD_FRAMES int
            6 CAN_RAW_JOIN_FILTERS int
            7 CAN_RAW_XL_FRAMES int
            level 106 SOL_CAN_ISOTP
            1 CAN_ISOTP_OPTS struct 12
            2 CAN_ISOTP_RECV_FC struct 3
            3 CAN_ISOTP_TX_STMIN int
            4 CAN_ISOTP_RX_STMIN int
            5 CAN_ISOTP_LL_OPTS struct 3
            level 107 SOL_CAN_J1939
            1 SO_J1939_FILTER bytes
            2 SO_J1939_PROMISC int
            3 SO_J1939_SEND_PRIO int
            4 SO_J1939_ERRQUEUE int
            level 263 SOL_PACKET
            6 PACKET_STATISTICS struct 12
            8 PACKET_AUXDATA int
            9 PACKET_ORIGDEV int
            10 PACKET_VERSION int
            23 PACKET_IGNORE_OUTGOING int
            22 PACKET_FANOUT_DATA bytes process
            level 270 SOL_NETLINK
            1 NETLINK_ADD_MEMBERSHIP int
            2 NETLINK_DROP_MEMBERSHIP int
            3 NETLINK_PKTINFO int
            4 NETLINK_BROADCAST_ERROR int
            5 NETLINK_NO_ENOBUFS int
            9 NETLINK_LIST_MEMBERSHIPS bytes
            10 NETLINK_CAP_ACK int
            11 NETLINK_EXT_ACK int
            12 NETLINK_GET_STRICT_CHK int
            level 271 SOL_TIPC
            127 TIPC_IMPORTANCE int
            128 TIPC_SRC_DROPPABLE int
            129 TIPC_DEST_DROPPABLE int
            130 TIPC_CONN_TIMEOUT int
            131 TIPC_NODE_RECVQ_DEPTH int
            132 TIPC_SOCK_RECVQ_DEPTH int
            133 TIPC_MCAST_BROADCAST int
            134 TIPC_MCAST_REPLICAST int
            135 TIPC_GROUP_JOIN struct 16
            136 TIPC_GROUP_LEAVE int
            137 TIPC_SOCK_RECVQ_USED int
            138 TIPC_NODELAY int
            level 276 SOL_RDS
            1 RDS_CANCEL_SENT_TO bytes
            2 RDS_GET_MR bytes process
            5 RDS_RECVERR int
            6 RDS_CONG_MONITOR int
            7 RDS_GET_MR_FOR_DEST bytes process
            8 SO_RDS_TRANSPORT int
            level 279 SOL_ALG
            1 ALG_SET_KEY bytes
            5 ALG_SET_AEAD_AUTHSIZE int
            6 ALG_SET_DRBG_ENTROPY bytes
            level 283 SOL_XDP
            4 XDP_UMEM_REG bytes process
            """;

    /** Bytes that the kernel may write for any option when told that there is room for a C int. */
    public static final long MOST_FOR_AN_INT = SocketOption.UNKNOWN.room(Integer.BYTES);

    private static final Map<Long, SocketOption> READ = new HashMap<>();
    private static final Map<Long, SocketOption> SET = new HashMap<>();
    private static final Map<Long, String> NAMES = new HashMap<>();

    static {
        int level = 0;
        for (String line : TABLE.split("\n")) {
            String[] words = line.split(" ");
            if (words[0].equals("level")) {
                level = Integer.parseInt(words[1]);
            } else {
                add(level, words);
            }
        }
    }

    private SocketOptions() {}

    private static void add(int level, String[] words) {
        long key = key(level, Integer.parseInt(words[0]));
        NAMES.putIfAbsent(key, words[1]);
        boolean oneWay = words[2].equals("get") || words[2].equals("set");
        int at = oneWay ? 3 : 2;
        Form form = Form.valueOf(words[at++].toUpperCase(Locale.ROOT));
        int size = form == Form.STRUCT || form == Form.COUNTED ? Integer.parseInt(words[at++]) : 0;
        SocketOption option = new SocketOption(form, size, at < words.length ? Reach.PROCESS : Reach.SOCKET);
        if (!words[2].equals("set")) {
            READ.put(key, option);
        }
        if (!words[2].equals("get")) {
            SET.put(key, option);
        }
    }

    /** The numbers of the options and levels in the table, by name: for a comparison. */
    static Map<String, Integer> numbers() {
        Map<String, Integer> numbers = new HashMap<>();
        for (String line : TABLE.split("\n")) {
            String[] words = line.split(" ");
            boolean isLevel = words[0].equals("level");
            numbers.put(words[isLevel ? 2 : 1], Integer.parseInt(words[isLevel ? 1 : 0]));
        }
        return numbers;
    }

    private static long key(int level, int name) {
        return (long) level << Integer.SIZE | Integer.toUnsignedLong(name);
    }

    /** The name of an option, or of ancillary data of that number; null if it is not known here. */
    public static String nameOf(int level, int name) {
        return NAMES.get(key(level, name));
    }

    /** The option that getsockopt(2) reads. Never null. */
    public static SocketOption read(int level, int name) {
        return READ.getOrDefault(key(level, name), SocketOption.UNKNOWN);
    }

    /** The option that setsockopt(2) sets. Never null. */
    public static SocketOption set(int level, int name) {
        return SET.getOrDefault(key(level, name), SocketOption.UNKNOWN);
    }
}
