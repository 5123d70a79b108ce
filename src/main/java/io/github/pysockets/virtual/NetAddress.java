package io.github.pysockets.virtual;

import io.github.pysockets.abi.InetText;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketAddress;
import java.nio.ByteBuffer;

/**
 * An Internet address. IPv4 addresses are in their mapped form, ::ffff:0:0/96: RFC 4291, section 2.5.5.2.
 *
 * @param high the first eight bytes
 * @param low the last eight bytes
 */
record NetAddress(long high, long low) {
    static final NetAddress ANY_4 = four(0);
    static final NetAddress ANY_6 = new NetAddress(0, 0);
    static final NetAddress LOOPBACK_4 = four(0x7f00_0001);
    static final NetAddress LOOPBACK_6 = new NetAddress(0, 1);
    static final NetAddress BROADCAST = four(-1);

    private static final long MAPPED = 0xffff_0000_0000L;
    private static final long IPV4_MASK = 0xffff_ffffL;
    private static final int LOOPBACK_NET = 127;
    private static final int NET_SHIFT = 24;
    private static final int MULTICAST_4 = 0xe;
    private static final int CLASS_SHIFT = 28;
    private static final int MULTICAST_6 = 0xff;
    private static final int FIRST_BYTE_SHIFT = 56;

    static NetAddress four(int address) {
        return new NetAddress(0, MAPPED | Integer.toUnsignedLong(address));
    }

    /** Null for an address of another family. */
    static NetAddress of(SocketAddress address) {
        return switch (address) {
            case SockaddrIn in -> four(in.address());
            case SockaddrIn6 in -> new NetAddress(in.high(), in.low());
            case null, default -> null;
        };
    }

    /** @throws IllegalArgumentException unless the text is an address in its usual form */
    static NetAddress parse(String text) {
        byte[] bytes = InetText.parse4(text);
        if (bytes != null) {
            return four(ByteBuffer.wrap(bytes).getInt());
        }
        bytes = InetText.parse6(text);
        if (bytes == null) {
            throw new IllegalArgumentException("no Internet address: " + text);
        }
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        return new NetAddress(fields.getLong(), fields.getLong());
    }

    boolean isFour() {
        return high == 0 && (low & ~IPV4_MASK) == MAPPED;
    }

    /** The wildcard address of its family. */
    boolean isAny() {
        return high == 0 && (low == 0 || low == MAPPED);
    }

    boolean isLoopback() {
        return equals(LOOPBACK_6) || isFour() && (int) low >>> NET_SHIFT == LOOPBACK_NET;
    }

    boolean isMulticast() {
        return isFour() ? (int) low >>> CLASS_SHIFT == MULTICAST_4 : high >>> FIRST_BYTE_SHIFT == MULTICAST_6;
    }

    /** As sockets of AF_INET have it. */
    SockaddrIn toFour(int port) {
        return new SockaddrIn((int) low, port);
    }

    /** As sockets of AF_INET6 have it. */
    SockaddrIn6 toSix(int port) {
        return new SockaddrIn6(high, low, port, 0, 0);
    }

    /** As sockets of its own family have it. */
    SocketAddress toSocketAddress(int port) {
        return isFour() ? toFour(port) : toSix(port);
    }
}
