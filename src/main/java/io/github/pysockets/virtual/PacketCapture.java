package io.github.pysockets.virtual;

import io.github.pysockets.virtual.Packet.Protocol;
import io.github.pysockets.virtual.Packet.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Writes the packets of all links to a file for Wireshark. Each link is an interface, named after its two hosts. What
 * goes from the first to the second of them is outbound, the other direction inbound. A packet has the time at which it
 * was sent; a comment says that it was lost.
 */
final class PacketCapture implements PacketWriter {
    private final PcapngWriter writer;
    private final long start;
    private final Map<String, Integer> interfaces = new HashMap<>();

    /**
     * Begins the file.
     *
     * @param start the wall time at the network's start, in nanoseconds since 1970
     */
    PacketCapture(OutputStream out, long start) throws IOException {
        writer = new PcapngWriter(out);
        this.start = start;
    }

    @Override
    public void write(Packet packet) throws IOException {
        boolean isOutbound = packet.from().compareTo(packet.to()) < 0;
        String link = isOutbound ? packet.from() + "-" + packet.to() : packet.to() + "-" + packet.from();
        Integer number = interfaces.get(link);
        if (number == null) {
            number = writer.addInterface(link);
            interfaces.put(link, number);
        }
        int direction = isOutbound ? PcapngWriter.OUTBOUND : PcapngWriter.INBOUND;
        String comment = comment(packet.verdict());
        byte[] payload = packet.payload();
        int at = 0;
        // What the network sends as one packet may be longer than one of IP can be.
        do {
            int end = packet.protocol() == Protocol.TCP
                    ? Math.min(payload.length, at + InternetHeaders.MOST_TCP)
                    : payload.length;
            byte[] bytes = bytes(packet, at, Arrays.copyOfRange(payload, at, end));
            writer.packet(number, start + packet.sent(), bytes, direction, comment);
            at = end;
        } while (at < payload.length);
    }

    private static byte[] bytes(Packet packet, int at, byte[] payload) {
        return switch (packet.protocol()) {
            case TCP -> InternetHeaders.tcp(
                    packet.source(),
                    packet.destination(),
                    packet.sequence() + at,
                    packet.acknowledgment(),
                    packet.urgent() > at ? packet.flags() : packet.flags() & ~Packet.URG,
                    packet.window(),
                    Math.max(0, packet.urgent() - at),
                    payload);
            case UDP -> InternetHeaders.udp(packet.source(), packet.destination(), payload);
            case ICMP_PORT_UNREACHABLE ->
                InternetHeaders.unreachable(packet.source(), packet.destination(), true, payload);
            case ICMP_HOST_UNREACHABLE ->
                InternetHeaders.unreachable(packet.source(), packet.destination(), false, payload);
        };
    }

    private static String comment(Verdict verdict) {
        return switch (verdict) {
            case DELIVERED -> "";
            case LOST -> "lost";
            case PARTITIONED -> "lost in a partition";
            case DUPLICATE -> "a copy that the link has made";
        };
    }
}
