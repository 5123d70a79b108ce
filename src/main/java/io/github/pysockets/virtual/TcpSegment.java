package io.github.pysockets.virtual;

import io.github.pysockets.virtual.Packet.Protocol;
import io.github.pysockets.virtual.Packet.Verdict;

/** A segment of TCP: RFC 9293, section 3.1. Sequence numbers are not cut to 32 bits, and begin at 0. */
final class TcpSegment extends Frame {
    static final int FIN = Packet.FIN;
    static final int SYN = Packet.SYN;
    static final int RST = Packet.RST;
    static final int PSH = Packet.PSH;
    static final int ACK = Packet.ACK;
    static final int URG = Packet.URG;

    /** With RST: no segment of TCP, but an ICMP message in its place. */
    static final int UNREACHABLE = 0x100;

    static final byte[] NO_DATA = {};
    static final int HEADER = 20;
    private static final int ICMP_SIZE = 36;

    final int flags;
    final long sequence;
    final long acknowledgment;
    final int window;
    /** With URG: the number after that of the urgent byte, which is SND.UP; otherwise 0. */
    final long urgentEnd;
    /** Not to be changed. */
    final byte[] data;

    TcpSegment(Node from, Node to, TcpPath path, int flags, long sequence, long acknowledgment, int window,
            long urgentEnd, byte[] data) {
        super(from, to, path.local(), path.remote());
        this.flags = flags;
        this.sequence = sequence;
        this.acknowledgment = acknowledgment;
        this.window = window;
        this.urgentEnd = urgentEnd;
        this.data = data;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Whether it asks for a connection. */
    boolean isFirst() {
        return (flags & (SYN | ACK | RST | FIN)) == SYN;
    }

    /** The number after its last one. */
    long end() {
        return sequence + data.length + (has(SYN) ? 1 : 0) + (has(FIN) ? 1 : 0);
    }

    /** The segment by which a host that knows nothing of it answers. */
    TcpSegment answer(int answerFlags) {
        boolean isSure = has(ACK);
        return new TcpSegment(to, from, new TcpPath(destination, source), answerFlags | (isSure ? 0 : ACK),
                isSure ? acknowledgment : 0, isSure ? 0 : end(), 0, 0, NO_DATA);
    }

    @Override
    int transportSize() {
        return has(UNREACHABLE) ? ICMP_SIZE : HEADER + data.length;
    }

    @Override
    void fire() {
        to.receive(this);
    }

    @Override
    Frame copy() {
        return null;
    }

    @Override
    Packet describe(long sent, long arrives, Verdict verdict) {
        boolean isIcmp = has(UNREACHABLE);
        return new Packet(sent, arrives, from.name(), to.name(), source.address().toSocketAddress(source.port()),
                destination.address().toSocketAddress(destination.port()),
                isIcmp ? Protocol.ICMP_HOST_UNREACHABLE : Protocol.TCP,
                isIcmp ? 0 : flags, isIcmp ? 0 : sequence, isIcmp ? 0 : acknowledgment, window,
                has(URG) ? (int) (urgentEnd - sequence) : 0,
                data, verdict);
    }
}
