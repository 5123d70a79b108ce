package io.github.pysockets.stack;

/**
 * ip(7): AF_INET, and AF_RDS too.
 *
 * @param address the IPv4 address, with its first byte as the most significant
 * @param port 0 to 65535
 */
public record SockaddrIn(int address, int port) implements SocketAddress {}
