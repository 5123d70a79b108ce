package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.fixtures.ScriptContexts;
import io.github.pysockets.virtual.Link;
import io.github.pysockets.virtual.PacketLog;
import io.github.pysockets.virtual.VirtualNetwork;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.graalvm.polyglot.Context;
import org.junit.jupiter.api.Test;

/** Scripts on a network in memory, as a test of an application would run them. */
final class VirtualScriptsTest {
    private static final Duration LINK = Duration.ofMillis(20);

    private final Map<String, String> results = new ConcurrentHashMap<>();

    private static VirtualNetwork.Builder network() {
        return VirtualNetwork.builder()
                .seed(7)
                .host("a", "10.0.0.1", "fd00::1")
                .host("b", "10.0.0.2", "fd00::2")
                .defaultLink(Link.latency(LINK).jitter(Duration.ofMillis(5)));
    }

    /** A program for a host: what the script's last line gives is its result. */
    private Runnable script(VirtualNetwork network, String host, String text) {
        return () -> {
            try (Context context = ScriptContexts.sandbox().build();
                    PySockets _ = PySockets.builder().stack(network.host(host).stack()).install(context)) {
                results.put(host, Sandbox.text(context.eval("python", text)));
            }
        };
    }

    @Test
    void eventLoopsTalkForAnHour() throws Exception {
        String first = talkForAnHour();
        assertEquals(first, talkForAnHour());
        assertTrue(first.lines().count() > 180, first);
    }

    private String talkForAnHour() throws Exception {
        VirtualNetwork network = network().build();
        StringBuilder packets = new StringBuilder();
        try (PacketLog _ = PacketLog.text(network, packets)) {
            network.run(
                    script(network, "a", """
                            import asyncio
                            async def serve(reader, writer):
                                global count
                                while line := await reader.readline():
                                    count += 1
                                    writer.write(line)
                                    await writer.drain()
                                writer.close()
                                done.set()
                            async def main():
                                global done
                                done = asyncio.Event()
                                async with await asyncio.start_server(serve, "10.0.0.1", 80):
                                    await done.wait()
                                return count
                            count = 0
                            asyncio.run(main())
                            """),
                    script(network, "b", """
                            import asyncio, time
                            async def main():
                                reader, writer = await asyncio.open_connection("a", 80)
                                for _ in range(60):
                                    writer.write(b"beat\\n")
                                    await reader.readline()
                                    await asyncio.sleep(60)
                                writer.close()
                                await writer.wait_closed()
                                return int(time.monotonic()) // 60
                            asyncio.run(main())
                            """));
        }
        assertEquals(Map.of("a", "60", "b", "60"), results);
        return packets.toString();
    }

    @Test
    void timeoutsAreThoseOfThePartition() throws Exception {
        VirtualNetwork network = network()
                .partition(Duration.ofSeconds(10), Duration.ofSeconds(100), Set.of("a"), Set.of("b"))
                .build();
        network.run(
                script(network, "a", """
                        import socket
                        udp = socket.socket(type=socket.SOCK_DGRAM)
                        udp.bind(("10.0.0.1", 9))
                        udp.settimeout(1000)
                        received = []
                        while b"end" not in received:
                            received.append(udp.recv(100))
                        b" ".join(received).decode()
                        """),
                script(network, "b", """
                        import socket, threading, time
                        udp = socket.socket(type=socket.SOCK_DGRAM)
                        for text in (b"before", b"meanwhile", b"end"):
                            udp.sendto(text, ("a", 9))
                            threading.Event().wait(60)
                        str(round(time.monotonic()))
                        """));
        assertEquals(Map.of("a", "before end", "b", "180"), results);
    }
}
