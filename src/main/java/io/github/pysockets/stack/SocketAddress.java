package io.github.pysockets.stack;

/**
 * A socket address: a record for each layout of struct sockaddr, and {@link SockaddrOther} for a family without one.
 * Ports and other numbers are in host byte order, bytes in network byte order.
 *
 * <p>A stack may implement this for addresses that only it understands. Every other stack refuses them with
 * EAFNOSUPPORT, and scripts see an address of AF_UNSPEC. If scripts are to see the family, the stack uses {@link
 * SockaddrOther}.
 */
public interface SocketAddress {}
