package io.github.pysockets.stack;

/**
 * ipv6(7): AF_INET6.
 *
 * @param high the first eight bytes of the address, with the first as the most significant
 * @param low the last eight bytes
 * @param port 0 to 65535
 * @param flowInfo 0 to 1048575 (20 bits)
 * @param scopeId interface index for a link-local address, as an unsigned 32-bit number
 */
public record SockaddrIn6(long high, long low, int port, int flowInfo, int scopeId) implements SocketAddress {}
