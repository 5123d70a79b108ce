package io.github.pysockets.virtual;

import io.github.pysockets.abi.InetText;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SocketAddress;
import java.io.IOException;
import java.util.Locale;

/**
 * Writes a line for each packet, so that two runs can be compared:
 *
 * <pre>
 * 59.020000000 client 10.0.0.2:49152 > server 10.0.0.1:80 TCP P. seq 1 ack 1 win 65535 len 120 at 59.040000000
 * 61.020000000 client 10.0.0.2:49152 > server 10.0.0.1:80 TCP P. seq 121 ack 1 win 65535 len 120 lost
 * </pre>
 *
 * <p>Time is in seconds since the start. Flags are those of tcpdump(1): S for SYN, F for FIN, R for RST, P for PSH, U
 * for URG, and a dot for ACK. At the end is when the packet arrives, or that it is lost.
 */
final class TextLog implements PacketWriter {
    private static final long NANOS = 1_000_000_000;

    private final Appendable out;

    TextLog(Appendable out) {
        this.out = out;
    }

    @Override
    public void write(Packet packet) throws IOException {
        out.append(line(packet)).append('\n');
    }

    private static String line(Packet packet) {
        return "%s %s %s > %s %s %s len %d%s".formatted(
                seconds(packet.sent()),
                packet.from(),
                text(packet.source()),
                packet.to(),
                text(packet.destination()),
                protocol(packet),
                packet.payload().length,
                fate(packet));
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%d.%09d", nanos / NANOS, nanos % NANOS);
    }

    private static String text(SocketAddress address) {
        return switch (address) {
            case SockaddrIn inet -> InetText.format(inet.address()) + ":" + inet.port();
            case SockaddrIn6 inet6 -> "[" + InetText.format(inet6.high(), inet6.low()) + "]:" + inet6.port();
            default -> address.toString();
        };
    }

    private static String protocol(Packet packet) {
        return switch (packet.protocol()) {
            case TCP -> "TCP %s seq %d ack %d win %d".formatted(
                    flags(packet.flags()), packet.sequence(), packet.acknowledgment(), packet.window());
            case UDP -> "UDP";
            case ICMP_PORT_UNREACHABLE -> "ICMP port unreachable";
            case ICMP_HOST_UNREACHABLE -> "ICMP host unreachable";
        };
    }

    private static String flags(int flags) {
        var text = new StringBuilder();
        mark(text, flags, Packet.SYN, 'S');
        mark(text, flags, Packet.FIN, 'F');
        mark(text, flags, Packet.RST, 'R');
        mark(text, flags, Packet.PSH, 'P');
        mark(text, flags, Packet.URG, 'U');
        mark(text, flags, Packet.ACK, '.');
        return text.isEmpty() ? "none" : text.toString();
    }

    private static void mark(StringBuilder text, int flags, int flag, char letter) {
        if ((flags & flag) != 0) {
            text.append(letter);
        }
    }

    private static String fate(Packet packet) {
        return switch (packet.verdict()) {
            case DELIVERED -> " at " + seconds(packet.arrives());
            case DUPLICATE -> " again at " + seconds(packet.arrives());
            case LOST -> " lost";
            case PARTITIONED -> " lost in the partition";
        };
    }
}
