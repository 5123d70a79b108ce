package io.github.pysockets.virtual;

import io.github.pysockets.stack.SocketAddress;

/**
 * A packet that a host put on a link.
 *
 * @param sent when, in nanoseconds of the network's clock since its start
 * @param arrives when it reaches the other end; meaningless unless the verdict says that it does
 * @param from the name of the host that sent it
 * @param to the name of the host at the other end
 * @param source address and port, of AF_INET or AF_INET6
 * @param destination likewise, of the same family
 * @param flags of TCP: {@link #FIN} and so on; otherwise 0
 * @param sequence of TCP: the number of the first byte, counted from 0 at the SYN; otherwise 0
 * @param acknowledgment of TCP: the number of the byte that is expected next, counted likewise; otherwise 0
 * @param window of TCP: how many bytes the sender of this packet has room for, unscaled; otherwise 0
 * @param urgent of TCP with URG: how many bytes from the first one on the urgent data reaches; otherwise 0
 * @param payload of TCP and UDP; of ICMP the payload of the datagram that was not delivered. Not to be changed
 */
record Packet(
        long sent,
        long arrives,
        String from,
        String to,
        SocketAddress source,
        SocketAddress destination,
        Protocol protocol,
        int flags,
        long sequence,
        long acknowledgment,
        int window,
        int urgent,
        byte[] payload,
        Verdict verdict) {
    static final int FIN = 0x01;
    static final int SYN = 0x02;
    static final int RST = 0x04;
    static final int PSH = 0x08;
    static final int ACK = 0x10;
    static final int URG = 0x20;

    enum Protocol {
        TCP, UDP,
        /** Says that a datagram, from the destination of this packet to its source, met no socket. */
        ICMP_PORT_UNREACHABLE,
        /** Likewise: the port of the host is declared unreachable. */
        ICMP_HOST_UNREACHABLE
    }

    /** What becomes of a packet. */
    enum Verdict {
        DELIVERED,
        /** By chance. */
        LOST,
        /** The hosts are in different parts of a partition. */
        PARTITIONED,
        /** This is the second copy of the packet before, and arrives too. */
        DUPLICATE
    }
}
