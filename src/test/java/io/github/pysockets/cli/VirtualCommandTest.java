package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.ScriptContexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pysockets --virtual}. */
final class VirtualCommandTest {
    private static final Path EXAMPLE = ScriptContexts.ROOT.resolve("examples/virtual").toAbsolutePath();

    private static final String NETWORK = """
            seed = 7
            link.latency = "20ms"
            [hosts.a]
            addresses = ["10.0.0.1"]
            [hosts.b]
            addresses = ["10.0.0.2"]
            """;

    private static final String SERVER = """
            import socket
            listener = socket.socket()
            listener.bind(("10.0.0.1", 80))
            listener.listen()
            connection, _ = listener.accept()
            while connection.recv(100):
                connection.sendall(b"alive")
            """;

    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Child.Result run(Path folder, String... words) throws Exception {
        try (Child child = Child.main(folder, words)) {
            return child.result();
        }
    }

    @Test
    void anHourOfHeartbeats() throws Exception {
        file("network.toml", NETWORK);
        file("server.py", SERVER);
        file("client.py", """
                import random, socket, time, threading, sys
                connection = socket.socket()
                connection.connect(("10.0.0.1", 80))
                for _ in range(360):
                    connection.sendall(b"beat")
                    connection.recv(100)
                    time.sleep(10 + random.random())
                ended = threading.Event()
                def last():
                    time.sleep(60)
                    ended.set()
                threading.Thread(target=last).start()
                print(ended.wait(3600), int(time.monotonic() // 60), time.strftime("%Y-%m-%d", time.gmtime()), end="")
                print("!", file=sys.stderr)
                sys.exit(3)
                """);
        String[] words = {
            "--virtual", "network.toml", "--log", "log", "--pcap", "pcap", "a=server.py", "b=client.py"};
        Child.Result first = run(folder, words);
        assertEquals("b | True 64 2026-01-01\n", first.out(), first::err);
        assertEquals("b | !\n", first.err());
        assertEquals(3, first.status());
        byte[] log = Files.readAllBytes(folder.resolve("log"));
        byte[] capture = Files.readAllBytes(folder.resolve("pcap"));
        assertEquals(first, run(folder, words));
        assertEquals(new String(log), Files.readString(folder.resolve("log")));
        assertTrue(Arrays.equals(capture, Files.readAllBytes(folder.resolve("pcap"))));
    }

    @Test
    void tellsWhoWaitsForever() throws Exception {
        file("network.toml", NETWORK);
        file("server.py", SERVER);
        file("client.py", """
                import threading
                lock = threading.Lock()
                lock.acquire()
                lock.acquire()
                """);
        Child.Result result = run(folder, "--virtual", "network.toml", "a=server.py", "b=client.py");
        assertEquals("""
                pysockets: nothing can happen any more after 0.0 s on the network, and these wait:
                pysockets:   a: server.py, line 5
                pysockets:   b: client.py, line 4
                """, result.err());
        assertEquals(1, result.status());
    }

    /** A script has nothing by which it could reach the others but the network. */
    @Test
    void scriptsAreApart() throws Exception {
        file("network.toml", NETWORK);
        file("a.py", """
                import os, polyglot, subprocess
                for attempt in (
                    lambda: __import__("java").type("java.lang.System"),
                    lambda: polyglot.import_value("anything"),
                    lambda: subprocess.run(["true"]),
                ):
                    try:
                        print(attempt())
                    except BaseException as error:
                        print("refused")
                """);
        Child.Result result = run(folder, "--virtual", "network.toml", "a=a.py");
        assertEquals("a | refused\n".repeat(3), result.out(), result::err);
    }

    @Test
    void wrongUses() throws Exception {
        file("network.toml", NETWORK);
        for (List<String> wrong : List.of(
                List.of("a needs a description: --virtual network.toml a=server.py b=client.py"),
                List.of("unknown option --lag for --virtual", "--lag"),
                List.of("argument expected for the --log option", "network.toml", "--log"),
                List.of("a host and its script are to be written as host=script.py, not a.py", "network.toml", "a.py"),
                List.of("two scripts for the host a", "network.toml", "a=a.py", "a=b.py"))) {
            List<String> words = wrong.subList(1, wrong.size());
            UsageException refused = assertThrows(
                    UsageException.class, () -> VirtualOptions.parse(words));
            assertTrue(refused.getMessage().endsWith(wrong.getFirst().replaceFirst("^a needs", "needs")),
                    refused::getMessage);
        }
        Child.Result unknown = run(folder, "--virtual", "network.toml", "c=a.py");
        assertEquals("pysockets: network.toml: there is no host c in it, whose script is to be a.py\n", unknown.err());
        assertEquals(2, unknown.status());
        Child.Result none = run(folder, "--virtual", "network.toml");
        assertEquals("pysockets: network.toml: no host has a script: add a=script.py to the command\n", none.err());
        Child.Result real = run(folder, "--net-log", "--virtual", "network.toml");
        assertTrue(real.err().startsWith("pysockets: --virtual has a network of its own"), real::err);
    }

    @Test
    void exampleShowsItsMistakeOnlyInThePartition() throws Exception {
        Path log = folder.resolve("log");
        String[] words = {"--virtual", "network.toml", "--log", log.toString()};
        Child.Result first = run(EXAMPLE, words);
        assertEquals("shop | paid 2000, booked 2100", first.out().lines().toList().getLast(), first::err);
        assertEquals(1, first.status());
        String packets = Files.readString(log);
        assertTrue(packets.contains("lost in the partition"));
        assertEquals(first, run(EXAMPLE, words));
        assertEquals(packets, Files.readString(log));

        Child.Result mended = run(EXAMPLE, "--virtual", "network.toml", "shop=client_mended.py");
        assertEquals("shop | paid 2000, booked 2000", mended.out().lines().toList().getLast(), mended::err);
        assertEquals(0, mended.status());

        String calm = Files.readString(EXAMPLE.resolve("network.toml")).replaceAll("(?s)\\[\\[partitions.*", "");
        Path quiet = file("network.toml", calm);
        Child.Result lucky = run(EXAMPLE, "--virtual", quiet.toString(), "bank=server.py", "shop=client.py");
        assertEquals("shop | paid 2000, booked 2000\n", lucky.out(), lucky::err);
    }
}
