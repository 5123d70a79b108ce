package io.github.pysockets.stack;

/**
 * netlink(7): AF_NETLINK.
 *
 * @param portId unsigned 32 bits
 * @param groups mask of multicast groups, unsigned 32 bits
 */
public record SockaddrNl(int portId, int groups) implements SocketAddress {}
