package io.github.pysockets.stack;

/**
 * vsock(7): AF_VSOCK.
 *
 * @param contextId unsigned 32 bits
 * @param port unsigned 32 bits
 */
public record SockaddrVm(int contextId, int port) implements SocketAddress {}
