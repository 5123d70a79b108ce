package io.github.pysockets.netdb;

import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketAddress;
import java.util.Comparator;
import java.util.List;

/**
 * The order of a host's addresses: RFC 6724, section 6, with the default tables of glibc, which are those of RFC 3484
 * and rows for private and Teredo addresses. Rules 3, 4 and 7 are about what only a kernel knows, and are left out.
 * Rule 9 is for IPv6, as in glibc where IPv4 addresses are not of one subnet.
 *
 * <p>The C library connects a socket to learn the source address of each destination. Here it is the one of this host's
 * addresses that fits best.
 */
final class DestinationOrder {
    private static final int SCOPE_LINK = 2;
    private static final int SCOPE_SITE = 5;
    private static final int SCOPE_GLOBAL = 14;
    private static final long LOOPBACK_LOW = 1;
    private static final int IPV4_LOOPBACK_NET = 127;
    private static final int IPV4_LINK_NET = 0xa9fe;

    /** RFC 6724, section 2.1. The first row that fits is the longest prefix that does. */
    private static final List<Policy> POLICIES = List.of(
            new Policy(0, LOOPBACK_LOW, 128, 50, 0),
            new Policy(0, 0xffff_0000_0000L, 96, 10, 4),
            new Policy(0, 0, 96, 20, 3),
            new Policy(0x2001_0000_0000_0000L, 0, 32, 40, 7),
            new Policy(0x2002_0000_0000_0000L, 0, 16, 30, 2),
            new Policy(0xfec0_0000_0000_0000L, 0, 10, 40, 5),
            new Policy(0xfc00_0000_0000_0000L, 0, 7, 40, 6),
            new Policy(0, 0, 0, 40, 1));

    private static final Comparator<Candidate> ORDER = Comparator
            .comparing((Candidate it) -> it.source() == null)
            .thenComparing(it -> !it.hasScopeOfSource())
            .thenComparing(it -> !it.hasLabelOfSource())
            .thenComparing(it -> -policy(it.destination()).precedence())
            .thenComparing(it -> scope(it.destination()))
            .thenComparing(it -> -it.prefixInCommon());

    private DestinationOrder() {}

    private record Policy(long high, long low, int length, int precedence, int label) {
        private boolean covers(SockaddrIn6 address) {
            return inCommon(address.high(), address.low(), high, low) >= length;
        }
    }

    /** A destination; the source is null where nothing leads there. IPv4 addresses are mapped. */
    private record Candidate(SocketAddress address, SockaddrIn6 destination, SockaddrIn6 source) {
        private boolean hasScopeOfSource() {
            return source != null && scope(destination) == scope(source);
        }

        private boolean hasLabelOfSource() {
            return source != null && policy(destination).label() == policy(source).label();
        }

        private int prefixInCommon() {
            return source == null || Inet.isMapped(destination) ? 0 : inCommon(destination, source);
        }
    }

    /** @param own the addresses of this host; empty where they are not known */
    static List<SocketAddress> sort(List<SocketAddress> addresses, List<SocketAddress> own) {
        List<SockaddrIn6> sources = own.stream().map(DestinationOrder::six).toList();
        return addresses.stream()
                .map(address -> new Candidate(address, six(address), source(six(address), sources)))
                .sorted(ORDER)
                .map(Candidate::address)
                .toList();
    }

    private static SockaddrIn6 six(SocketAddress address) {
        return address instanceof SockaddrIn in ? Inet.mapped(in) : (SockaddrIn6) address;
    }

    private static SockaddrIn6 source(SockaddrIn6 destination, List<SockaddrIn6> own) {
        if (own.isEmpty()) {
            return destination;
        }
        boolean isHere = isUnspecified(destination) || isLoopback(destination);
        return own.stream()
                .filter(source -> Inet.isMapped(source) == Inet.isMapped(destination))
                .filter(source -> isLoopback(source) == isHere)
                .max(Comparator.comparing((SockaddrIn6 source) -> scope(source) == scope(destination))
                        .thenComparing(source -> policy(source).label() == policy(destination).label())
                        .thenComparing(source -> inCommon(source, destination)))
                .orElse(null);
    }

    private static boolean isUnspecified(SockaddrIn6 address) {
        return Inet.isMapped(address) ? (int) address.low() == 0 : address.high() == 0 && address.low() == 0;
    }

    private static boolean isLoopback(SockaddrIn6 address) {
        return Inet.isMapped(address)
                ? (int) address.low() >>> 24 == IPV4_LOOPBACK_NET
                : address.high() == 0 && address.low() == LOOPBACK_LOW;
    }

    private static Policy policy(SockaddrIn6 address) {
        return POLICIES.stream().filter(policy -> policy.covers(address)).findFirst().orElseThrow();
    }

    /** RFC 6724, section 3.1 and 3.2. */
    private static int scope(SockaddrIn6 address) {
        if (Inet.isMapped(address)) {
            boolean isOfLink = (int) address.low() >>> 16 == IPV4_LINK_NET;
            return isOfLink || isLoopback(address) ? SCOPE_LINK : SCOPE_GLOBAL;
        }
        if (Inet.isMulticast(address)) {
            return Inet.multicastScope(address);
        }
        if (Inet.isOfLink(address) || isLoopback(address)) {
            return SCOPE_LINK;
        }
        boolean isOfSite = address.high() >>> 54 == 0xfec0L >>> 6;
        return isOfSite ? SCOPE_SITE : SCOPE_GLOBAL;
    }

    private static int inCommon(SockaddrIn6 one, SockaddrIn6 other) {
        return inCommon(one.high(), one.low(), other.high(), other.low());
    }

    /** How many bits two addresses begin with in common. */
    private static int inCommon(long high, long low, long otherHigh, long otherLow) {
        int inHigh = Long.numberOfLeadingZeros(high ^ otherHigh);
        return inHigh < Long.SIZE ? inHigh : Long.SIZE + Long.numberOfLeadingZeros(low ^ otherLow);
    }
}
