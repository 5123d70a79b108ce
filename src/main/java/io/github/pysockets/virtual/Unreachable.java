package io.github.pysockets.virtual;

import io.github.pysockets.virtual.Packet.Protocol;
import io.github.pysockets.virtual.Packet.Verdict;

/** Says that a datagram was not delivered: RFC 792, RFC 4443. */
final class Unreachable extends Frame {
    private static final int HEADER = 8;
    /** What it has of the datagram, at least. */
    private static final int QUOTED = 28;

    final UdpDatagram refused;
    final Protocol protocol;

    Unreachable(UdpDatagram refused, Protocol protocol) {
        super(refused.to, refused.from, refused.destination, refused.source);
        this.refused = refused;
        this.protocol = protocol;
    }

    @Override
    int transportSize() {
        return HEADER + QUOTED;
    }

    @Override
    void fire() {
        to.receive(this);
    }

    @Override
    Frame copy() {
        return new Unreachable(refused, protocol);
    }

    @Override
    Packet describe(long sent, long arrives, Verdict verdict) {
        return new Packet(sent, arrives, from.name(), to.name(), source.address().toSocketAddress(source.port()),
                destination.address().toSocketAddress(destination.port()), protocol, 0, 0, 0, 0, 0, refused.data,
                verdict);
    }
}
