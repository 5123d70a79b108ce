package io.github.pysockets.policy;

import static io.github.pysockets.abi.AddressFamilies.AF_INET6;
import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.Protocols.IPPROTO_ICMP;
import static io.github.pysockets.abi.Protocols.IPPROTO_ICMPV6;
import static io.github.pysockets.abi.Protocols.IPPROTO_IP;
import static io.github.pysockets.abi.Protocols.IPPROTO_MPTCP;
import static io.github.pysockets.abi.Protocols.IPPROTO_TCP;
import static io.github.pysockets.abi.Protocols.IPPROTO_UDP;
import static io.github.pysockets.abi.Protocols.IPPROTO_UDPLITE;
import static io.github.pysockets.abi.SocketTypes.SOCK_DGRAM;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;

import java.util.Set;

/** The kinds of sockets that every script may make, because each use of theirs is judged by its address. */
final class SocketKinds {
    private static final Set<Integer> PROTOCOLS = Set.of(IPPROTO_IP, IPPROTO_ICMP, IPPROTO_TCP, IPPROTO_UDP,
            IPPROTO_ICMPV6, IPPROTO_UDPLITE, IPPROTO_MPTCP);

    private SocketKinds() {}

    static boolean isUsual(int family, int type) {
        return family == AF_UNIX || (family == AF_INET || family == AF_INET6)
                && (type == SOCK_STREAM || type == SOCK_DGRAM);
    }

    static boolean isUsual(int family, int type, int protocol) {
        return isUsual(family, type) && (family == AF_UNIX || PROTOCOLS.contains(protocol));
    }
}
