package io.github.pysockets.stack;

/**
 * A socket address: one record for each layout of struct sockaddr. Ports and other numbers are in host byte order,
 * bytes in network byte order.
 */
public sealed interface SocketAddress
        permits SockaddrIn,
        SockaddrIn6,
        SockaddrUn,
        SockaddrNl,
        SockaddrLl,
        SockaddrVm,
        SockaddrCan,
        SockaddrAlg,
        SockaddrTipc,
        SockaddrQrtr,
        SockaddrOther {}
