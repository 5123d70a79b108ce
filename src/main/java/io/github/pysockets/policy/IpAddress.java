package io.github.pysockets.policy;

import io.github.pysockets.abi.InetText;
import io.github.pysockets.abi.NumericHost;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketAddress;
import java.nio.ByteBuffer;

/**
 * An Internet address in its one canonical form, however it was written. IPv6 addresses that stand for an IPv4 address
 * become that one: mapped ones (::ffff:0:0/96), compatible ones (::/96) and those of NAT64 (64:ff9b::/96). The last two
 * leave this host, so none of them is one of its loopback addresses. A zone is dropped.
 *
 * @param isSix whether it is an IPv6 address
 * @param high the first eight bytes of an IPv6 address; 0 for IPv4
 * @param low the last eight bytes; the four bytes of an IPv4 address, as an unsigned number
 */
record IpAddress(boolean isSix, long high, long low) {
    private static final long IPV4_MASK = 0xFFFF_FFFFL;
    private static final long MAPPED = 0xFFFF_0000_0000L;
    static final long NAT64 = 0x0064_FF9B_0000_0000L;
    static final int NET_SHIFT = 24;
    private static final int LOOPBACK_NET = 127;
    private static final long LOOPBACK_4 = 0x7F00_0001L;
    private static final IpAddress LOOPBACK = new IpAddress(false, 0, LOOPBACK_4);
    private static final IpAddress LOOPBACK_6 = new IpAddress(true, 0, 1);

    static IpAddress four(int address) {
        return new IpAddress(false, 0, Integer.toUnsignedLong(address));
    }

    static IpAddress six(long high, long low) {
        boolean isMapped = high == 0 && (low & ~IPV4_MASK) == MAPPED;
        // ::0.0.0.0 and ::0.0.0.1 are addresses of IPv6's own.
        boolean isTranslated = (high == 0 || high == NAT64) && (low & ~IPV4_MASK) == 0;
        int net = (int) (low >>> NET_SHIFT);
        return isMapped || isTranslated && net != 0 && net != LOOPBACK_NET
                ? new IpAddress(false, 0, low & IPV4_MASK)
                : new IpAddress(true, high, low);
    }

    /** Null for an address of another family. */
    static IpAddress of(SocketAddress address) {
        return switch (address) {
            case SockaddrIn in -> four(in.address());
            case SockaddrIn6 in -> six(in.high(), in.low());
            case null, default -> null;
        };
    }

    /** The port that goes with {@link #of}; 0 for an address of another family. */
    static int portOf(SocketAddress address) {
        return switch (address) {
            case SockaddrIn in -> in.port();
            case SockaddrIn6 in -> in.port();
            case null, default -> 0;
        };
    }

    /**
     * Reads any form that a numeric host can have, for which no name service is asked: those of inet_aton(3) and
     * inet_pton(3), with a zone or without.
     *
     * @return null if the text is no address
     */
    static IpAddress parse(String text) {
        return of(NumericHost.parse(text));
    }

    /** As {@link #parse}, of the forms that gethostbyname(3) takes for an address. */
    static IpAddress parsePlain(String text) {
        return of(NumericHost.parsePlain(text));
    }

    private static IpAddress of(byte[] address) {
        if (address == null) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.wrap(address);
        return address.length == Integer.BYTES ? four(bytes.getInt()) : six(bytes.getLong(), bytes.getLong());
    }

    /** Whether this is an address of this host alone. */
    boolean isLoopback() {
        return equals(LOOPBACK_6) || !isSix && low >>> NET_SHIFT == LOOPBACK_NET;
    }

    /** As the address to send to: 0.0.0.0 and :: lead to this host. */
    IpAddress asDestination() {
        if (high != 0 || low != 0) {
            return this;
        }
        return isSix ? LOOPBACK_6 : LOOPBACK;
    }

    /** As it is written before a port: IPv6 in brackets. */
    String beforePort() {
        return isSix ? "[" + this + "]" : toString();
    }

    @Override
    public String toString() {
        return isSix ? InetText.format(high, low) : InetText.format((int) low);
    }
}
