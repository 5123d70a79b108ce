package io.github.pysockets.netdb;

import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketAddress;
import java.nio.ByteBuffer;

/** Internet addresses in their forms: bytes, records, and IPv4 addresses as IPv6 ones. */
final class Inet {
    static final SockaddrIn ANY = new SockaddrIn(0, 0);
    static final SockaddrIn6 ANY6 = new SockaddrIn6(0, 0, 0, 0, 0);
    static final SockaddrIn LOOPBACK = new SockaddrIn(0x7f00_0001, 0);
    static final SockaddrIn6 LOOPBACK6 = new SockaddrIn6(0, 1, 0, 0, 0);

    private static final long MAPPED = 0xffff_0000_0000L;
    private static final long LINK_LOCAL_NET = 0xfe80L << 48;
    private static final long LINK_LOCAL_MASK = 0xffc0L << 48;
    private static final int INTERFACE_SCOPE = 1;
    private static final int LINK_SCOPE = 2;

    private Inet() {}

    /** @param bytes 4 or 16 */
    static SocketAddress of(byte[] bytes, int scope) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return bytes.length == Integer.BYTES
                ? new SockaddrIn(buffer.getInt(), 0)
                : new SockaddrIn6(buffer.getLong(), buffer.getLong(), 0, 0, scope);
    }

    /** The 4 or 16 bytes of an address; null for one of another family. */
    static byte[] bytes(SocketAddress address) {
        return switch (address) {
            case SockaddrIn in -> ByteBuffer.allocate(Integer.BYTES).putInt(in.address()).array();
            case SockaddrIn6 in ->
                ByteBuffer.allocate(2 * Long.BYTES).putLong(in.high()).putLong(in.low()).array();
            case null, default -> null;
        };
    }

    static SocketAddress withPort(SocketAddress address, int port) {
        return switch (address) {
            case SockaddrIn in -> new SockaddrIn(in.address(), port);
            case SockaddrIn6 in -> new SockaddrIn6(in.high(), in.low(), port, in.flowInfo(), in.scopeId());
            default -> throw new IllegalArgumentException("not an Internet address: " + address);
        };
    }

    /** RFC 4291, section 2.5.5.2. */
    static SockaddrIn6 mapped(SockaddrIn address) {
        return new SockaddrIn6(0, MAPPED | Integer.toUnsignedLong(address.address()), 0, 0, 0);
    }

    static boolean isMapped(SockaddrIn6 address) {
        return address.high() == 0 && address.low() >>> 32 == MAPPED >>> 32;
    }

    /** Whether the address is one of a link, so that its scope is an interface. */
    static boolean isOfLink(SockaddrIn6 address) {
        return (address.high() & LINK_LOCAL_MASK) == LINK_LOCAL_NET
                || isMulticast(address) && multicastScope(address) == LINK_SCOPE;
    }

    /** Whether it is a multicast address of an interface, of which glibc reads the name but does not write it. */
    static boolean isOfInterface(SockaddrIn6 address) {
        return isMulticast(address) && multicastScope(address) == INTERFACE_SCOPE;
    }

    static boolean isMulticast(SockaddrIn6 address) {
        return address.high() >>> 56 == 0xff;
    }

    /** The scope of a multicast address: RFC 4291, section 2.7. */
    static int multicastScope(SockaddrIn6 address) {
        return (int) (address.high() >>> 48) & 0xf;
    }
}
