package io.github.pysockets.virtual;

import io.github.pysockets.virtual.Packet.Verdict;

/** Something on its way from one host to another, or to itself. It arrives when it fires. */
abstract class Frame extends Event {
    /** Of an IPv4 header without options, or what IPv6 has instead. */
    static final int IPV4_HEADER = 20;

    static final int IPV6_HEADER = 40;

    final Node from;
    final Node to;
    final NetPort source;
    final NetPort destination;

    Frame(Node from, Node to, NetPort source, NetPort destination) {
        this.from = from;
        this.to = to;
        this.source = source;
        this.destination = destination;
    }

    /** In bytes, with headers. */
    final int size() {
        return (destination.address().isFour() ? IPV4_HEADER : IPV6_HEADER) + transportSize();
    }

    /** In bytes, with the header of the transport protocol. */
    abstract int transportSize();

    /** A second one that arrives too; null where the protocol takes care that this does not matter. */
    abstract Frame copy();

    /** Called when it is clear that it will not arrive. */
    void lost() {}

    /** For whoever listens to what crosses a link. */
    abstract Packet describe(long sent, long arrives, Verdict verdict);
}
