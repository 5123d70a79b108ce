package io.github.pysockets.virtual;

import io.github.pysockets.virtual.Packet.Protocol;
import io.github.pysockets.virtual.Packet.Verdict;

/** A datagram of UDP. */
final class UdpDatagram extends Frame {
    static final int HEADER = 8;

    /** Not to be changed. */
    final byte[] data;
    /** Whose send buffer has it until it arrives; null for the copy that a link made. */
    private UdpSocket sender;

    UdpDatagram(Node from, Node to, NetPort source, NetPort destination, byte[] data, UdpSocket sender) {
        super(from, to, source, destination);
        this.data = data;
        this.sender = sender;
    }

    @Override
    int transportSize() {
        return HEADER + data.length;
    }

    @Override
    void fire() {
        lost();
        to.receive(this);
    }

    @Override
    void lost() {
        if (sender != null) {
            sender.left(this);
            sender = null;
        }
    }

    @Override
    Frame copy() {
        return new UdpDatagram(from, to, source, destination, data, null);
    }

    @Override
    Packet describe(long sent, long arrives, Verdict verdict) {
        return new Packet(sent, arrives, from.name(), to.name(), source.address().toSocketAddress(source.port()),
                destination.address().toSocketAddress(destination.port()), Protocol.UDP, 0, 0, 0, 0, 0, data, verdict);
    }
}
