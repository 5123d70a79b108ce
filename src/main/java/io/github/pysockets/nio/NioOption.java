package io.github.pysockets.nio;

import static io.github.pysockets.abi.AddressFamilies.AF_INET6;
import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.SocketTypes.SOCK_DGRAM;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;

import io.github.pysockets.abi.Constants;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.HashMap;
import java.util.Map;
import jdk.net.ExtendedSocketOptions;

/** The options that channels have, under Linux's names. What is not here does not exist on this stack. */
enum NioOption {
    // What a socket is; only read.
    SO_TYPE("SOL_SOCKET", Kind.FACT),
    SO_ERROR("SOL_SOCKET", Kind.FACT),
    SO_ACCEPTCONN("SOL_SOCKET", Kind.FACT),
    SO_PROTOCOL("SOL_SOCKET", Kind.FACT),
    SO_DOMAIN("SOL_SOCKET", Kind.FACT),

    SO_REUSEADDR("SOL_SOCKET", Kind.FLAG, StandardSocketOptions.SO_REUSEADDR),
    SO_REUSEPORT("SOL_SOCKET", Kind.FLAG, StandardSocketOptions.SO_REUSEPORT),
    SO_KEEPALIVE("SOL_SOCKET", Kind.FLAG, StandardSocketOptions.SO_KEEPALIVE),
    SO_BROADCAST("SOL_SOCKET", Kind.FLAG, StandardSocketOptions.SO_BROADCAST),
    SO_SNDBUF("SOL_SOCKET", Kind.BUFFER, StandardSocketOptions.SO_SNDBUF),
    SO_RCVBUF("SOL_SOCKET", Kind.BUFFER, StandardSocketOptions.SO_RCVBUF),
    SO_LINGER("SOL_SOCKET", Kind.LINGER, StandardSocketOptions.SO_LINGER),
    SO_OOBINLINE("SOL_SOCKET", Kind.FLAG, UrgentData.inline()),
    // Kept for the layer above, which does the waiting.
    SO_RCVTIMEO("SOL_SOCKET", Kind.TIME),
    SO_SNDTIMEO("SOL_SOCKET", Kind.TIME),

    TCP_NODELAY("IPPROTO_TCP", Kind.FLAG, StandardSocketOptions.TCP_NODELAY),
    TCP_QUICKACK("IPPROTO_TCP", Kind.FLAG, ExtendedSocketOptions.TCP_QUICKACK),
    TCP_KEEPIDLE("IPPROTO_TCP", Kind.NUMBER, ExtendedSocketOptions.TCP_KEEPIDLE),
    TCP_KEEPINTVL("IPPROTO_TCP", Kind.NUMBER, ExtendedSocketOptions.TCP_KEEPINTERVAL),
    TCP_KEEPCNT("IPPROTO_TCP", Kind.NUMBER, ExtendedSocketOptions.TCP_KEEPCOUNT),

    IP_TOS("IPPROTO_IP", Kind.NUMBER, StandardSocketOptions.IP_TOS),
    IP_MULTICAST_IF("IPPROTO_IP", Kind.INTERFACE, StandardSocketOptions.IP_MULTICAST_IF),
    IP_MULTICAST_TTL("IPPROTO_IP", Kind.NUMBER, StandardSocketOptions.IP_MULTICAST_TTL),
    IP_MULTICAST_LOOP("IPPROTO_IP", Kind.FLAG, StandardSocketOptions.IP_MULTICAST_LOOP),
    IP_ADD_MEMBERSHIP("IPPROTO_IP", Kind.GROUP),
    IP_DROP_MEMBERSHIP("IPPROTO_IP", Kind.GROUP),
    IP_ADD_SOURCE_MEMBERSHIP("IPPROTO_IP", Kind.GROUP),
    IP_DROP_SOURCE_MEMBERSHIP("IPPROTO_IP", Kind.GROUP),
    IP_BLOCK_SOURCE("IPPROTO_IP", Kind.GROUP),
    IP_UNBLOCK_SOURCE("IPPROTO_IP", Kind.GROUP),

    /** Java's sockets of IPv6 are of both versions, always. See {@link EndpointOptions#isOfIpv6Only}. */
    IPV6_V6ONLY("IPPROTO_IPV6", Kind.NOTE),
    IPV6_TCLASS("IPPROTO_IPV6", Kind.NUMBER, StandardSocketOptions.IP_TOS),
    IPV6_MULTICAST_IF("IPPROTO_IPV6", Kind.INTERFACE, StandardSocketOptions.IP_MULTICAST_IF),
    IPV6_MULTICAST_HOPS("IPPROTO_IPV6", Kind.NUMBER, StandardSocketOptions.IP_MULTICAST_TTL),
    IPV6_MULTICAST_LOOP("IPPROTO_IPV6", Kind.FLAG, StandardSocketOptions.IP_MULTICAST_LOOP),
    IPV6_JOIN_GROUP("IPPROTO_IPV6", Kind.GROUP),
    IPV6_LEAVE_GROUP("IPPROTO_IPV6", Kind.GROUP);

    /** What a value is. */
    enum Kind {
        /** A C int that cannot be set. */
        FACT,
        /** A C int, of which only counts whether it is 0. */
        FLAG,
        /** A C int. */
        NUMBER,
        /** A C int with a size in bytes, of which Linux reports the double. */
        BUFFER,
        /** struct linger. */
        LINGER,
        /** struct timeval. */
        TIME,
        /** A network interface. */
        INTERFACE,
        /** A struct with a multicast group, which can only be set. */
        GROUP,
        /** A C int that no channel knows of. */
        NOTE
    }

    private static final Map<Long, NioOption> BY_NUMBER = byNumber();

    private final String levelName;
    private final Kind kind;
    private final SocketOption<?> javas;

    NioOption(String levelName, Kind kind) {
        this(levelName, kind, null);
    }

    NioOption(String levelName, Kind kind, SocketOption<?> javas) {
        this.levelName = levelName;
        this.kind = kind;
        this.javas = javas;
    }

    private static Map<Long, NioOption> byNumber() {
        Map<Long, NioOption> options = new HashMap<>();
        for (NioOption option : values()) {
            options.put(key((int) Constants.number(option.levelName), (int) Constants.number(option.name())), option);
        }
        return options;
    }

    private static long key(int level, int name) {
        return (long) level << Integer.SIZE | Integer.toUnsignedLong(name);
    }

    /** Null if there is none of these numbers. */
    static NioOption of(int level, int name) {
        return BY_NUMBER.get(key(level, name));
    }

    String levelName() {
        return levelName;
    }

    Kind kind() {
        return kind;
    }

    /** Java's name for it; null if it has none. */
    SocketOption<?> javas() {
        return javas;
    }

    /** Whether Linux has it for sockets of this family and type. */
    boolean isFor(int family, int type) {
        return switch (levelName) {
            case "IPPROTO_TCP" -> family != AF_UNIX && type == SOCK_STREAM;
            case "IPPROTO_IPV6" -> family == AF_INET6 && (type == SOCK_DGRAM || !isMulticast());
            case "IPPROTO_IP" -> family != AF_UNIX && (type == SOCK_DGRAM || !isMulticast());
            default -> true;
        };
    }

    private boolean isMulticast() {
        return kind == Kind.GROUP || name().contains("_MULTICAST_");
    }

    /** Whether Linux lets it be set without any effect where a channel has none of it. */
    boolean isNoted() {
        return switch (this) {
            case SO_REUSEADDR, SO_KEEPALIVE, SO_BROADCAST, SO_LINGER, SO_OOBINLINE -> true;
            default -> javas == null;
        };
    }

    /** Whether a value may be a single byte, as many programs have it. */
    boolean mayBeByte() {
        return levelName.equals("IPPROTO_IP") && (kind == Kind.NUMBER || kind == Kind.FLAG);
    }
}
