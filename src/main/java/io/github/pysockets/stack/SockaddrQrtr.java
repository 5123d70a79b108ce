package io.github.pysockets.stack;

/**
 * The Qualcomm IPC router: AF_QIPCRTR.
 *
 * @param node unsigned 32 bits
 * @param port unsigned 32 bits
 */
public record SockaddrQrtr(int node, int port) implements SocketAddress {}
