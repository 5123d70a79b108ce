package io.github.pysockets.stack;

/**
 * A socket address: one record for each layout that struct sockaddr has. Ports and numbers are in the host's order, as people
 * write them; bytes are in the order of the wire.
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
