package io.github.pysockets.virtual;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import io.github.pysockets.virtual.Packet.Protocol;
import io.github.pysockets.virtual.Packet.Verdict;
import io.github.pysockets.virtual.PcapngFile.CapturedPacket;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written of the packets of a network. */
final class PacketLogTest {
    private static final SocketAddress A = new SockaddrIn(0x0A000001, 80);
    private static final SocketAddress B = new SockaddrIn(0x0A000002, 32_768);
    private static final SocketAddress A6 = new SockaddrIn6(0xFD00_0000_0000_0000L, 1, 80, 0, 0);
    private static final SocketAddress B6 = new SockaddrIn6(0xFD00_0000_0000_0000L, 2, 32_768, 0, 0);
    private static final long SENT = 61_020_000_000L;
    private static final long START = 1_767_225_600_000_000_000L;

    private static Packet packet(
            SocketAddress from, SocketAddress to, Protocol protocol, int flags, String payload, Verdict verdict) {
        return new Packet(SENT, SENT + 20_000_000, "b", "a", from, to, protocol, flags, 121, 7, 65_535,
                (flags & Packet.URG) == 0 ? 0 : 5, payload.getBytes(StandardCharsets.UTF_8), verdict);
    }

    private static String line(Packet packet) throws IOException {
        StringBuilder out = new StringBuilder();
        new TextLog(out).write(packet);
        return out.toString();
    }

    @Test
    void linesOfText() throws IOException {
        assertEquals("61.020000000 b 10.0.0.2:32768 > a 10.0.0.1:80 TCP P. seq 121 ack 7 win 65535 len 5"
                + " at 61.040000000\n",
                line(packet(B, A, Protocol.TCP, Packet.PSH | Packet.ACK, "hello", Verdict.DELIVERED)));
        assertEquals("61.020000000 b 10.0.0.2:32768 > a 10.0.0.1:80 TCP U. seq 121 ack 7 win 65535 len 5"
                + " at 61.040000000\n",
                line(packet(B, A, Protocol.TCP, Packet.URG | Packet.ACK, "hello", Verdict.DELIVERED)));
        assertEquals("61.020000000 b [fd00::2]:32768 > a [fd00::1]:80 TCP S seq 121 ack 7 win 65535 len 0 lost\n",
                line(packet(B6, A6, Protocol.TCP, Packet.SYN, "", Verdict.LOST)));
        assertEquals("61.020000000 b 10.0.0.2:32768 > a 10.0.0.1:80 UDP len 5 lost in the partition\n",
                line(packet(B, A, Protocol.UDP, 0, "hello", Verdict.PARTITIONED)));
        assertEquals("61.020000000 b 10.0.0.2:32768 > a 10.0.0.1:80 UDP len 5 again at 61.040000000\n",
                line(packet(B, A, Protocol.UDP, 0, "hello", Verdict.DUPLICATE)));
        assertEquals("61.020000000 b 10.0.0.2:32768 > a 10.0.0.1:80 ICMP port unreachable len 5 at 61.040000000\n",
                line(packet(B, A, Protocol.ICMP_PORT_UNREACHABLE, 0, "hello", Verdict.DELIVERED)));
    }

    private static CapturedPacket captured(Packet packet) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new PacketCapture(out, START).write(packet);
        PcapngFile file = new PcapngFile(out.toByteArray());
        assertEquals(List.of("a-b"), file.interfaces);
        assertEquals(1, file.packets.size());
        return file.packets.getFirst();
    }

    private static byte[] pseudoHeader(byte[] addresses, int protocol, int length) {
        return ByteBuffer.allocate(addresses.length + 8).put(addresses).putInt(protocol).putInt(length).array();
    }

    @Test
    void segmentOfFour() throws IOException {
        CapturedPacket found =
                captured(packet(B, A, Protocol.TCP, Packet.PSH | Packet.ACK, "hello", Verdict.DELIVERED));
        assertEquals(START + SENT, found.nanos());
        assertEquals("", found.comment());
        assertEquals(1, found.flags(), "from the second host of the link to the first: inbound");
        byte[] bytes = found.bytes();
        assertEquals(20 + 20 + 5, bytes.length);
        byte[] header = Arrays.copyOf(bytes, 20);
        byte[] segment = Arrays.copyOfRange(bytes, 20, bytes.length);
        assertEquals(0x45, header[0]);
        assertEquals(45, ByteBuffer.wrap(header).getShort(2));
        assertEquals(6, header[9]);
        assertTrue(PcapngFile.isRight(header), "the checksum of the header");
        assertTrue(PcapngFile.isRight(pseudoHeader(Arrays.copyOfRange(header, 12, 20), 6, 25), segment));
        ByteBuffer tcp = ByteBuffer.wrap(segment);
        assertEquals(32_768, tcp.getShort() & 0xFFFF);
        assertEquals(80, tcp.getShort());
        assertEquals(121, tcp.getInt());
        assertEquals(7, tcp.getInt());
        assertEquals(0x5018, tcp.getShort());
        assertEquals(65_535, tcp.getShort() & 0xFFFF);
        assertArrayEquals("hello".getBytes(StandardCharsets.UTF_8), Arrays.copyOfRange(segment, 20, 25));
    }

    @Test
    void segmentWithUrgentData() throws IOException {
        byte[] bytes =
                captured(packet(B, A, Protocol.TCP, Packet.URG | Packet.ACK, "hello", Verdict.DELIVERED)).bytes();
        ByteBuffer tcp = ByteBuffer.wrap(bytes, 20, 20).slice();
        assertEquals(0x5030, tcp.getShort(12));
        assertEquals(5, tcp.getShort(18));
    }

    @Test
    void datagramOfSix() throws IOException {
        CapturedPacket found = captured(packet(B6, A6, Protocol.UDP, 0, "odd", Verdict.LOST));
        assertEquals("lost", found.comment());
        byte[] bytes = found.bytes();
        assertEquals(40 + 8 + 3, bytes.length);
        assertEquals(0x60, bytes[0]);
        assertEquals(11, ByteBuffer.wrap(bytes).getShort(4));
        assertEquals(17, bytes[6]);
        byte[] datagram = Arrays.copyOfRange(bytes, 40, bytes.length);
        assertEquals(11, ByteBuffer.wrap(datagram).getShort(4));
        assertTrue(PcapngFile.isRight(pseudoHeader(Arrays.copyOfRange(bytes, 8, 40), 17, 11), datagram));
    }

    @Test
    void messagesAboutDatagrams() throws IOException {
        byte[] four = captured(packet(B, A, Protocol.ICMP_PORT_UNREACHABLE, 0, "odd", Verdict.DELIVERED)).bytes();
        assertEquals(1, four[9]);
        assertEquals(0x0303, ByteBuffer.wrap(four).getShort(20), "port unreachable");
        assertTrue(PcapngFile.isRight(Arrays.copyOfRange(four, 20, four.length)));
        // The datagram went the other way.
        assertEquals(0x0A000001, ByteBuffer.wrap(four).getInt(28 + 12));
        byte[] six = captured(packet(B6, A6, Protocol.ICMP_HOST_UNREACHABLE, 0, "odd", Verdict.DELIVERED)).bytes();
        assertEquals(58, six[6]);
        assertEquals(0x0103, ByteBuffer.wrap(six).getShort(40), "address unreachable");
        assertTrue(PcapngFile.isRight(
                pseudoHeader(Arrays.copyOfRange(six, 8, 40), 58, six.length - 40),
                Arrays.copyOfRange(six, 40, six.length)));
    }

    @Test
    void segmentThatIsTooLongForIp() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new PacketCapture(out, START)
                .write(packet(B, A, Protocol.TCP, Packet.ACK, "x".repeat(150_000), Verdict.DELIVERED));
        PcapngFile file = new PcapngFile(out.toByteArray());
        assertEquals(3, file.packets.size());
        int next = 121;
        for (CapturedPacket each : file.packets) {
            assertEquals(next, ByteBuffer.wrap(each.bytes()).getInt(24));
            next += each.bytes().length - 40;
        }
        assertEquals(121 + 150_000, next);
    }

    private static VirtualNetwork network() {
        return VirtualNetwork.builder()
                .host("a", "10.0.0.1")
                .host("b", "10.0.0.2")
                .defaultLink(Link.latency(Duration.ofMillis(20)))
                .build();
    }

    private static void sendDatagrams(VirtualNetwork network, int count) throws InterruptedException {
        AtomicReference<Exception> failure = new AtomicReference<>();
        network.run(() -> {
            try (Caller sender = new Caller(network.host("b"))) {
                Endpoint socket = sender.udp(0);
                for (int i = 0; i < count; i++) {
                    assertEquals(3, socket.sendTo(new byte[3], 0, 3, 0, A));
                }
                socket.close();
            } catch (StackException thrown) {
                failure.set(thrown);
            }
        });
        assertNull(failure.get());
    }

    @Test
    void filesOfANetwork(@TempDir Path folder) throws Exception {
        Path text = folder.resolve("packets.txt");
        Path capture = folder.resolve("packets.pcapng");
        VirtualNetwork network = network();
        try (PacketLog _ = PacketLog.text(network, text); PacketLog _ = PacketLog.capture(network, capture)) {
            sendDatagrams(network, 2);
        }
        sendDatagrams(network, 1);
        assertEquals(2, Files.readAllLines(text).stream().filter(line -> line.contains(" UDP len 3 ")).count());
        PcapngFile file = new PcapngFile(Files.readAllBytes(capture));
        assertEquals(List.of("a-b"), file.interfaces);
        assertEquals(START, file.packets.getFirst().nanos());
    }

    @Test
    void failureToWriteComesWhenItIsClosed() throws Exception {
        VirtualNetwork network = network();
        PacketLog log = PacketLog.capture(network, new OutputStream() {
            private int left = 200;

            @Override
            public void write(int value) throws IOException {
                if (--left < 0) {
                    throw new IOException("no space");
                }
            }
        });
        sendDatagrams(network, 10);
        assertEquals("no space", assertThrows(IOException.class, log::close).getMessage());
        log.close();
    }
}
