package io.github.pysockets.policy;

import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketTypes.SOCK_RAW;

import io.github.pysockets.abi.AddressFamilies;
import io.github.pysockets.abi.ControlMessages;
import io.github.pysockets.abi.Reach;
import io.github.pysockets.abi.SocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * Which options and ancillary data a policy has to be asked about: those that choose another way or another receiver
 * than the address does, those that reach further than the socket, and those that nobody knows.
 */
final class GuardedOptions {
    /** Source routes, headers of the script's own, other interfaces, addresses of others, broadcasts. */
    private static final Set<String> GUARDED = Set.of(
            "SO_BINDTODEVICE", "SO_BINDTOIFINDEX", "SO_BROADCAST", "SO_MARK", "IP_OPTIONS", "IP_RETOPTS", "IP_HDRINCL",
            "IP_ROUTER_ALERT", "IP_FREEBIND", "IP_TRANSPARENT", "IP_UNICAST_IF", "IPV6_HDRINCL", "IPV6_ROUTER_ALERT",
            "IPV6_FREEBIND", "IPV6_TRANSPARENT", "IPV6_UNICAST_IF", "IPV6_NEXTHOP", "IPV6_RTHDR", "IPV6_RTHDRDSTOPTS",
            "IPV6_HOPOPTS", "IPV6_DSTOPTS", "IPV6_2292RTHDR", "IPV6_2292HOPOPTS", "IPV6_2292DSTOPTS",
            "IPV6_2292PKTOPTIONS", "IPV6_PKTINFO",
            // Its labels carry routes.
            "IPV6_FLOWLABEL_MGR");
    /** They say to whom one listens, not where one sends: a rule of addresses decides. */
    private static final Set<String> MEMBERSHIPS = Set.of("IP_ADD_MEMBERSHIP", "IP_ADD_SOURCE_MEMBERSHIP",
            "MCAST_JOIN_GROUP", "MCAST_JOIN_SOURCE_GROUP", "IPV6_JOIN_GROUP", "IPV6_JOIN_ANYCAST");
    /** Ancillary data of protocols that any script may send. */
    private static final Set<String> SENT = Set.of("IP_TOS", "IP_TTL", "IPV6_TCLASS", "IPV6_HOPLIMIT",
            "IPV6_DONTFRAG", "UDP_SEGMENT");
    /** Reached only by sockets of a family that a rule allows. */
    private static final int SOL_ALG = 279;

    private static final int IPPROTO_RAW = 255;
    private static final int GROUP_SOCKADDR = 8;
    private static final int SIN_ADDR = GROUP_SOCKADDR + 4;
    private static final int SIN6_ADDR = GROUP_SOCKADDR + 8;
    private static final int IPV6_BYTES = 16;

    private GuardedOptions() {}

    /**
     * The name to ask the policy about, before an option is set.
     *
     * @param isOff whether the value is an int that is 0
     * @return null where it need not be asked
     */
    static String name(int level, int option, boolean isOff) {
        String name = SocketOptions.nameOf(level, option);
        if (name == null || SocketOptions.set(level, option).reach() != Reach.SOCKET) {
            return name == null ? level + "/" + option : name;
        }
        return GUARDED.contains(name) && !isOff ? name : null;
    }

    /**
     * The name to ask the policy about, before a socket is made that has an option from the start: the packets of
     * IPPROTO_RAW name their receivers themselves. See raw(7).
     *
     * @return null where it need not be asked
     */
    static String ofSocket(int family, int type, int protocol) {
        boolean hasOwnHeaders = type == SOCK_RAW && protocol == IPPROTO_RAW;
        return switch (family) {
            case AddressFamilies.AF_INET -> hasOwnHeaders ? "IP_HDRINCL" : null;
            case AddressFamilies.AF_INET6 -> hasOwnHeaders ? "IPV6_HDRINCL" : null;
            default -> null;
        };
    }

    /** Whether an option makes the socket a member of a multicast group. */
    static boolean isMembership(int level, int option) {
        String name = level == SOL_SOCKET ? null : SocketOptions.nameOf(level, option);
        return name != null && MEMBERSHIPS.contains(name);
    }

    /**
     * The group that the value of such an option names.
     *
     * @return null if the value is none
     */
    static IpAddress group(int level, int option, byte[] value) {
        String name = SocketOptions.nameOf(level, option);
        ByteBuffer bytes = ByteBuffer.wrap(value);
        if (name.startsWith("MCAST_")) {
            if (value.length < SIN6_ADDR + IPV6_BYTES) {
                return null;
            }
            int family = bytes.order(ByteOrder.nativeOrder()).getShort(GROUP_SOCKADDR);
            bytes.order(ByteOrder.BIG_ENDIAN);
            return switch (family) {
                case AddressFamilies.AF_INET -> IpAddress.four(bytes.getInt(SIN_ADDR));
                case AddressFamilies.AF_INET6 ->
                    IpAddress.six(bytes.getLong(SIN6_ADDR), bytes.getLong(SIN6_ADDR + Long.BYTES));
                default -> null;
            };
        }
        if (name.startsWith("IPV6_")) {
            return value.length < IPV6_BYTES ? null : IpAddress.six(bytes.getLong(), bytes.getLong());
        }
        return value.length < Integer.BYTES ? null : IpAddress.four(bytes.getInt());
    }

    /**
     * The name to ask the policy about, before ancillary data is sent.
     *
     * @return null where it need not be asked
     */
    static String ancillary(int level, int type) {
        if (level == SOL_SOCKET) {
            return ControlMessages.reach(level, type) == Reach.SOCKET ? null : "SCM/" + type;
        }
        String name = SocketOptions.nameOf(level, type);
        if (level == SOL_ALG || name != null && SENT.contains(name)) {
            return null;
        }
        return name == null ? level + "/" + type : name;
    }
}
