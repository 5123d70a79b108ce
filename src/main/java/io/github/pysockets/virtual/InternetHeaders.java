package io.github.pysockets.virtual;

import io.github.pysockets.abi.Protocols;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SocketAddress;
import java.nio.ByteBuffer;

/**
 * The bytes of a packet as it would be on a wire, with its checksums: IPv4 (RFC 791), IPv6 (RFC 8200), TCP (RFC 9293),
 * UDP (RFC 768), ICMP.
 */
final class InternetHeaders {
    /** The most bytes that a packet of IPv4 carries behind the headers of IPv4 and TCP. */
    static final int MOST_TCP = 0xFFFF - 20 - 20;

    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int TCP_HEADER = 20;
    private static final int UDP_HEADER = 8;

    private static final byte IPV4_VERSION_AND_WORDS = 0x45;
    private static final int IPV6_VERSION = 0x6000_0000;
    private static final short DO_NOT_FRAGMENT = 0x4000;
    private static final byte TTL = 64;
    private static final int MOST_WINDOW = 0xFFFF;
    private static final int MOST_URGENT = 0xFFFF;

    private static final int ICMP_HEADER = 8;
    private static final byte ICMP_UNREACHABLE = 3;
    private static final byte ICMP_HOST = 1;
    private static final byte ICMP_PORT = 3;
    private static final byte ICMPV6_UNREACHABLE = 1;
    private static final byte ICMPV6_ADDRESS = 3;
    private static final byte ICMPV6_PORT = 4;
    /** RFC 1812: with all headers the message has at most 576 bytes. */
    private static final int MOST_CARRIED = 576 - IPV4_HEADER - ICMP_HEADER;
    private static final int ICMP_CHECKSUM_AT = 2;

    private static final int IPV4_CHECKSUM_AT = 10;
    private static final int TCP_CHECKSUM_AT = 16;
    private static final int UDP_CHECKSUM_AT = 6;

    private InternetHeaders() {}

    /**
     * A TCP segment.
     *
     * @param flags the bits of the header: FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32
     * @param window the size in bytes; one that does not fit into its field becomes the largest that does
     * @param urgent where the urgent data ends, in bytes from the first one; likewise
     */
    static byte[] tcp(
            SocketAddress from, SocketAddress to, long sequence, long acknowledged, int flags, int window,
            int urgent, byte[] payload) {
        ByteBuffer segment = ByteBuffer.allocate(TCP_HEADER + payload.length)
                .putShort((short) port(from))
                .putShort((short) port(to))
                .putInt((int) sequence)
                .putInt((int) acknowledged)
                .put((byte) (TCP_HEADER / Integer.BYTES << 4))
                .put((byte) flags)
                .putShort((short) Math.clamp(window, 0, MOST_WINDOW))
                .putShort((short) 0)
                .putShort((short) Math.clamp(urgent, 0, MOST_URGENT))
                .put(payload);
        return packet(Protocols.IPPROTO_TCP, from, to, segment, TCP_CHECKSUM_AT);
    }

    /** A UDP datagram. */
    static byte[] udp(SocketAddress from, SocketAddress to, byte[] payload) {
        ByteBuffer datagram = ByteBuffer.allocate(UDP_HEADER + payload.length)
                .putShort((short) port(from))
                .putShort((short) port(to))
                .putShort((short) (UDP_HEADER + payload.length))
                .putShort((short) 0)
                .put(payload);
        return packet(Protocols.IPPROTO_UDP, from, to, datagram, UDP_CHECKSUM_AT);
    }

    /**
     * A message that a datagram was not delivered: ICMP (RFC 792) or ICMPv6 (RFC 4443). It carries the datagram, as far
     * as there is room.
     *
     * @param from whence the message comes: the datagram's destination
     * @param ofPort whether there is no such port, rather than no such host
     * @param payload the datagram's
     */
    static byte[] unreachable(SocketAddress from, SocketAddress to, boolean ofPort, byte[] payload) {
        byte[] datagram = udp(to, from, payload);
        boolean isIpv4 = from instanceof SockaddrIn;
        int carried = Math.min(datagram.length, MOST_CARRIED);
        ByteBuffer message = ByteBuffer.allocate(ICMP_HEADER + carried)
                .put(isIpv4 ? ICMP_UNREACHABLE : ICMPV6_UNREACHABLE)
                .put(isIpv4 ? ofPort ? ICMP_PORT : ICMP_HOST : ofPort ? ICMPV6_PORT : ICMPV6_ADDRESS)
                .putShort((short) 0)
                .putInt(0)
                .put(datagram, 0, carried);
        if (!isIpv4) {
            return packet(Protocols.IPPROTO_ICMPV6, from, to, message, ICMP_CHECKSUM_AT);
        }
        // That of IPv4 knows nothing of addresses.
        message.putShort(ICMP_CHECKSUM_AT, (short) fold(sum(message.array())));
        return ipv4(Protocols.IPPROTO_ICMP, bytes(from), bytes(to), message.array());
    }

    private static int port(SocketAddress address) {
        return switch (address) {
            case SockaddrIn inet -> inet.port();
            case SockaddrIn6 inet6 -> inet6.port();
            default -> throw new IllegalArgumentException("not of a family of the Internet: " + address);
        };
    }

    /** Puts the IP header before the content, and the content's checksum into it. */
    private static byte[] packet(
            int protocol, SocketAddress from, SocketAddress to, ByteBuffer content, int checksumAt) {
        byte[] source = bytes(from);
        byte[] destination = bytes(to);
        if (source.length != destination.length) {
            throw new IllegalArgumentException("of two families: " + from + ", " + to);
        }
        int checksum = fold(sum(content.array()) + sum(source) + sum(destination) + protocol + content.capacity());
        // RFC 768: a checksum of zero would say that there is none.
        content.putShort(checksumAt, (short) (checksum == 0 ? 0xFFFF : checksum));
        return source.length == Integer.BYTES
                ? ipv4(protocol, source, destination, content.array())
                : ipv6(protocol, source, destination, content.array());
    }

    private static byte[] ipv4(int protocol, byte[] source, byte[] destination, byte[] content) {
        ByteBuffer packet = ByteBuffer.allocate(IPV4_HEADER + content.length)
                .put(IPV4_VERSION_AND_WORDS)
                .put((byte) 0)
                .putShort((short) (IPV4_HEADER + content.length))
                .putShort((short) 0)
                .putShort(DO_NOT_FRAGMENT)
                .put(TTL)
                .put((byte) protocol)
                .putShort((short) 0)
                .put(source)
                .put(destination);
        byte[] bytes = packet.array();
        // The content is still zeros, which add nothing.
        packet.putShort(IPV4_CHECKSUM_AT, (short) fold(sum(bytes)));
        packet.put(content);
        return bytes;
    }

    private static byte[] ipv6(int protocol, byte[] source, byte[] destination, byte[] content) {
        return ByteBuffer.allocate(IPV6_HEADER + content.length)
                .putInt(IPV6_VERSION)
                .putShort((short) content.length)
                .put((byte) protocol)
                .put(TTL)
                .put(source)
                .put(destination)
                .put(content)
                .array();
    }

    private static byte[] bytes(SocketAddress address) {
        return switch (address) {
            case SockaddrIn inet -> ByteBuffer.allocate(Integer.BYTES).putInt(inet.address()).array();
            case SockaddrIn6 inet6 ->
                ByteBuffer.allocate(2 * Long.BYTES).putLong(inet6.high()).putLong(inet6.low()).array();
            default -> throw new IllegalArgumentException("not of a family of the Internet: " + address);
        };
    }

    /** The sum of the 16-bit words, the last one filled up by a zero: RFC 1071. */
    private static long sum(byte[] bytes) {
        long sum = 0;
        for (int at = 0; at < bytes.length; at += Short.BYTES) {
            int low = at + 1 < bytes.length ? bytes[at + 1] & 0xFF : 0;
            sum += (bytes[at] & 0xFF) << Byte.SIZE | low;
        }
        return sum;
    }

    private static int fold(long sum) {
        long folded = sum;
        while (folded > 0xFFFF) {
            folded = (folded & 0xFFFF) + (folded >>> Short.SIZE);
        }
        return (int) (~folded & 0xFFFF);
    }
}
