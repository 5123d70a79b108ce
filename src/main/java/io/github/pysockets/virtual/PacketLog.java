package io.github.pysockets.virtual;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A record of each packet that crosses a link of a network, from now until it is closed. It is written as packets are
 * sent, and nothing of it is kept in memory.
 *
 * <pre>{@code
 * try (PacketLog log = PacketLog.text(network, Path.of("packets.txt"));
 *         PacketLog capture = PacketLog.capture(network, Path.of("packets.pcapng"))) {
 *     network.run(server, client);
 * }
 * }</pre>
 *
 * <p>Loopback traffic and AF_UNIX cross no link. Programs on the network do not notice that writing fails. What comes
 * after a failure is not recorded, and {@link #close} throws it.
 */
public final class PacketLog implements Closeable {
    private final PacketWriter writer;
    private final Closeable out;
    private IOException failure;
    private boolean isClosed;

    private PacketLog(PacketWriter writer, Closeable out) {
        this.writer = writer;
        this.out = out;
    }

    /**
     * Writes a line of text for each packet: when, from whom to whom, what, and whether and when it arrives. The same
     * run gives the same text, byte for byte.
     *
     * @param file made, or overwritten
     */
    public static PacketLog text(VirtualNetwork network, Path file) throws IOException {
        BufferedWriter out = Files.newBufferedWriter(file);
        return begin(network, new TextLog(out), out);
    }

    /** As above. {@code out} is not closed. */
    public static PacketLog text(VirtualNetwork network, Appendable out) {
        return begin(network, new TextLog(out), () -> {});
    }

    /**
     * Writes a pcapng file, which Wireshark and tcpdump open. Each link is an interface of its own. Packets have the
     * network's wall time, and a comment where the link has lost or doubled them. Sequence numbers begin with 0.
     *
     * @param file made, or overwritten
     */
    public static PacketLog capture(VirtualNetwork network, Path file) throws IOException {
        OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
        return begin(network, new PacketCapture(out, start(network)), out);
    }

    /** As above. {@code out} is flushed in the end, and not closed. */
    public static PacketLog capture(VirtualNetwork network, OutputStream out) throws IOException {
        return begin(network, new PacketCapture(out, start(network)), out::flush);
    }

    private static long start(VirtualNetwork network) {
        return network.clock().wallTimeNanos() - network.clock().nanoTime();
    }

    private static PacketLog begin(VirtualNetwork network, PacketWriter writer, Closeable out) {
        PacketLog log = new PacketLog(writer, out);
        network.listen(log::sent);
        return log;
    }

    private synchronized void sent(Packet packet) {
        if (isClosed || failure != null) {
            return;
        }
        try {
            writer.write(packet);
        } catch (IOException thrown) {
            failure = thrown;
        }
    }

    /**
     * Ends the record, and closes its file.
     *
     * @throws IOException the first failure to write
     */
    @Override
    public synchronized void close() throws IOException {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try {
            out.close();
        } catch (IOException thrown) {
            failure = failure == null ? thrown : failure;
        }
        if (failure != null) {
            throw failure;
        }
    }
}
