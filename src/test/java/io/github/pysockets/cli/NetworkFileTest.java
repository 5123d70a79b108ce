package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.virtual.VirtualNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Descriptions of networks, and what is said of wrong ones. */
final class NetworkFileTest {
    private static final String WHOLE = """
            seed = 7
            start = 2027-02-03T04:05:06Z

            [link]
            latency = "20ms"
            jitter = "5ms"
            bandwidth = "10Mbit"
            loss = 0.01
            reordering = 0
            duplication = 1

            [hosts.bank]
            addresses = ["10.0.0.1", "fd00::1"]
            aliases = ["bank.example"]
            script = "server.py"
            args = ["--port", "80"]
            daemon = true

            [hosts.shop]

            [[links]]
            between = ["bank", "shop"]
            latency = "1s"

            [[partitions]]
            from = "1m"
            to = "2m"
            between = [["bank"], ["shop"]]

            [[partitions]]
            between = [["bank"], ["shop"]]

            [[faults]]
            host = "bank"
            port = 80
            does = "refuse"
            from = "10s"
            to = "20s"

            [[faults]]
            host = "bank"
            port = 81
            does = "stall"
            after_sending = "64KiB"
            for = "5s"

            [[faults]]
            host = "bank"
            port = 82
            does = "reset"
            after_receiving = "100B"
            """;

    @TempDir
    private Path folder;

    private NetworkFile read(String text) throws IOException, NetworkFileException {
        return NetworkFile.read(Files.writeString(folder.resolve("network.toml"), text));
    }

    @Test
    void wholeDescription() throws Exception {
        NetworkFile file = read(WHOLE);
        assertEquals(7, file.seed());
        assertEquals(List.of(
                new NetworkFile.Host("bank", folder.resolve("server.py"), List.of("--port", "80"), true),
                new NetworkFile.Host("shop", null, List.of(), false)), file.hosts());
        VirtualNetwork network = file.build();
        assertEquals(Instant.parse("2027-02-03T04:05:06Z").getEpochSecond(),
                network.clock().wallTimeNanos() / 1_000_000_000);
        assertEquals("shop", network.host("shop").name());
    }

    /** The message for a description that has one more line. */
    private String refusal(String more, String base) throws IOException {
        return assertThrows(NetworkFileException.class, () -> read(base + more + "\n").build(), more).getMessage()
                .replace(folder.resolve("network.toml").toString(), "FILE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "seed = 1.5|FILE: seed is to be a whole number from -9223372036854775808 to 9223372036854775807",
        "sed = 1|FILE: sed is not known here; there is seed, start, real_time, link, hosts, links, partitions,"
                + " faults",
        "start = 5|FILE: start is to be a date and time, as in 2026-01-01T00:00:00Z",
        "real_time = 0|FILE: real_time is to be a number above 0",
        "hosts = 1|FILE: hosts is to be a table, as in [hosts]",
        "links = 1|FILE: links is to be tables, each of which begins with [[links]]",
        "link.loss = 2|FILE: link.loss is to be a number from 0.0 to 1.0",
        "link.latency = 20|FILE: link.latency is to be a text in quotes",
        "link.latency = \"20\"|FILE: link.latency is wrong: '20' is not a duration, as in 20ms, 1.5s, 2m or 1h",
        "link.bandwidth = \"7bit\"|FILE: link.bandwidth is less than a byte a second",
        "seed = |FILE, line 1: this is not TOML: Newline not permitted here"})
    void wrongKeys(String line, String expected) throws IOException {
        String hosts = line.startsWith("hosts") ? "" : "\n[hosts.a]\n[hosts.b]";
        assertEquals(expected, refusal(hosts, line));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "[hosts.c]\\naddresses = [\"10.0.0.300\"]|hosts.c.addresses is wrong:",
        "[hosts.c]\\naddresses = \"10.0.0.3\"|hosts.c.addresses is to be a list of texts, as in",
        "[hosts.c]\\naliases = [\"a\"]|hosts.c.aliases is wrong:",
        "[hosts.c]\\ndaemon = 1|hosts.c.daemon is to be true or false",
        "[[links]]\\nbetween = [\"a\"]|links[0].between is to be the two hosts, as in [\"a\", \"b\"]",
        "[[links]]\\nbetween = [\"a\", \"x\"]|links[0].between is wrong: there is no host x",
        "[[partitions]]\\nbetween = [\"a\", \"b\"]|partitions[0].between is to be a list of texts",
        "[[partitions]]\\nfrom = \"2m\"\\nto = \"1m\"\\nbetween = [[\"a\"], [\"b\"]]|partitions[0].to is not after",
        "[[partitions]]\\nbetween = [[\"a\"], [\"x\"]]|partitions[0].between is wrong: there is no host x",
        "[[faults]]\\nhost = \"a\"\\ndoes = \"refuse\"|faults[0].port is missing",
        "[[faults]]\\nhost = \"x\"\\nport = 1\\ndoes = \"refuse\"|faults[0].host names no host of the file: x",
        "[[faults]]\\nhost = \"a\"\\nport = 0\\ndoes = \"drop\"|faults[0].port is to be a whole number from 1 to",
        "[[faults]]\\nhost = \"a\"\\nport = 1\\ndoes = \"burn\"|faults[0].does is to be refuse, drop, unreachable,",
        "[[faults]]\\nhost = \"a\"\\nport = 1\\ndoes = \"drop\"\\nfor = \"1s\"|faults[0].for is for connections"})
    void wrongTables(String lines, String expected) throws IOException {
        String message = refusal(lines.replace("\\n", "\n"), "[hosts.a]\n[hosts.b]\n");
        assertTrue(message.startsWith("FILE: " + expected), message);
    }

    @Test
    void noHost() throws IOException {
        assertEquals("FILE: hosts names no host: write [hosts.NAME] for each", refusal("", "seed = 1"));
    }

    @Test
    void noFile() {
        Path none = folder.resolve("none.toml");
        assertEquals(none + ": cannot be read: there is no such file",
                assertThrows(NetworkFileException.class, () -> NetworkFile.read(none)).getMessage());
    }
}
