package io.github.pysockets.nio;

import io.github.pysockets.abi.AddressFamilies;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.Arrays;

/**
 * Addresses of the contract as Java's, and back. Java has IPv4 addresses for those that IPv6 maps, so a socket's family
 * decides how one looks.
 */
final class JavaAddress {
    static final SockaddrUn UNNAMED = new SockaddrUn(new byte[0]);

    private static final int LONGEST_PATH = 108;
    private static final int IPV6_BYTES = 16;
    private static final long MAPPED_PREFIX = 0xffff_0000_0000L;
    private static final long LOW_HALF = 0xffff_ffffL;

    /** The file system's character set, which Java has no other name for. */
    private static final Charset PATHS = paths();

    private JavaAddress() {}

    private static Charset paths() {
        try {
            return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        } catch (IllegalArgumentException unknown) {
            return StandardCharsets.UTF_8;
        }
    }

    /**
     * @param family of the socket
     * @throws StackException EAFNOSUPPORT for an address of another family, EINVAL for AF_UNIX
     */
    static java.net.SocketAddress of(int family, SocketAddress address) throws StackException {
        return switch (address) {
            case SockaddrIn inet when family == AddressFamilies.AF_INET ->
                new InetSocketAddress(inet4(inet.address()), inet.port());
            case SockaddrIn6 inet when family == AddressFamilies.AF_INET6 ->
                new InetSocketAddress(inet6(inet.high(), inet.low(), inet.scopeId()), inet.port());
            case SockaddrUn unix when unix.path().length > LONGEST_PATH -> throw new StackException(Errno.EINVAL);
            case SockaddrUn unix when family == AddressFamilies.AF_UNIX -> unix(unix.path());
            case null, default -> throw new StackException(
                    family == AddressFamilies.AF_UNIX ? Errno.EINVAL : Errno.EAFNOSUPPORT);
        };
    }

    static InetAddress inet4(int address) {
        return inet(ByteBuffer.allocate(Integer.BYTES).putInt(address).array());
    }

    /** @param scopeId 0 for none */
    static InetAddress inet6(long high, long low, int scopeId) {
        byte[] bytes = ByteBuffer.allocate(IPV6_BYTES).putLong(high).putLong(low).array();
        if (scopeId == 0 || isMapped(high, low)) {
            return inet(bytes);
        }
        try {
            return Inet6Address.getByAddress(null, bytes, scopeId);
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    private static InetAddress inet(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalArgumentException(impossible);
        }
    }

    static boolean isMapped(long high, long low) {
        return high == 0 && low >>> Integer.SIZE == MAPPED_PREFIX >>> Integer.SIZE;
    }

    /** Abstract names, and the unnamed address that asks for one, are Linux's alone. */
    private static java.net.SocketAddress unix(byte[] path) throws StackException {
        if (path.length == 0 || path[0] == 0) {
            throw new StackException(Errno.EOPNOTSUPP);
        }
        try {
            String text = PATHS.newDecoder().decode(ByteBuffer.wrap(untilZero(path))).toString();
            return UnixDomainSocketAddress.of(text);
        } catch (CharacterCodingException | InvalidPathException noPathOfJava) {
            throw new StackException(Errno.EINVAL);
        }
    }

    /** A path without the first zero and what follows it. */
    static byte[] untilZero(byte[] path) {
        int end = 0;
        while (end < path.length && path[end] != 0) {
            end++;
        }
        return end == path.length ? path : Arrays.copyOf(path, end);
    }

    /**
     * @param family of the socket
     * @param address null for a socket that has none
     */
    static SocketAddress from(int family, java.net.SocketAddress address) {
        return switch (family) {
            case AddressFamilies.AF_INET -> address instanceof InetSocketAddress inet
                    ? new SockaddrIn(int4(inet.getAddress()), inet.getPort())
                    : new SockaddrIn(0, 0);
            case AddressFamilies.AF_INET6 -> address instanceof InetSocketAddress inet
                    ? from6(inet.getAddress(), inet.getPort())
                    : new SockaddrIn6(0, 0, 0, 0, 0);
            default -> address instanceof UnixDomainSocketAddress unix
                    ? new SockaddrUn(unix.getPath().toString().getBytes(PATHS))
                    : UNNAMED;
        };
    }

    private static int int4(InetAddress address) {
        return address instanceof Inet4Address ? ByteBuffer.wrap(address.getAddress()).getInt() : 0;
    }

    private static SockaddrIn6 from6(InetAddress address, int port) {
        if (address instanceof Inet6Address inet6) {
            ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
            return new SockaddrIn6(bytes.getLong(), bytes.getLong(), port, 0, inet6.getScopeId());
        }
        return new SockaddrIn6(0, MAPPED_PREFIX | int4(address) & LOW_HALF, port, 0, 0);
    }

    /** The address that a connection to "any" goes to, as on Linux: this host. */
    static java.net.SocketAddress reachable(java.net.SocketAddress address) {
        if (address instanceof InetSocketAddress inet && inet.getAddress().isAnyLocalAddress()) {
            boolean isOfIpv4 = inet.getAddress() instanceof Inet4Address;
            return new InetSocketAddress(isOfIpv4 ? inet4(0x7f00_0001) : inet6(0, 1, 0), inet.getPort());
        }
        return address;
    }
}
