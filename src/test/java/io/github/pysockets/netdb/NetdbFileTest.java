package io.github.pysockets.netdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of services and of protocols, well made and not, and the tables where there is no file. */
final class NetdbFileTest {
    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("file"), text, StandardCharsets.ISO_8859_1);
    }

    @Test
    void servicesHaveNamesPortsProtocolsAndAliases() throws IOException {
        ServiceTable services = ServiceTable.of(file("""
                # of ours
                one\t1/tcp\tfirst  erste\t# 2/tcp
                  one   1/udp
                two 2/udp#second
                http 8080/tcp
                http 80/tcp\r
                last 65535/tcp"""));

        assertEquals(1, services.port("one", "tcp"));
        assertEquals(1, services.port("one", "udp"));
        assertEquals(1, services.port("erste", "tcp"));
        assertEquals(-1, services.port("erste", "udp"));
        assertEquals(1, services.port("first", null));
        assertEquals(2, services.port("two", null));
        assertEquals(-1, services.port("second", null));
        assertEquals(-1, services.port("ONE", "tcp"));
        assertEquals(8080, services.port("http", "tcp"));
        assertEquals("http", services.name(80, "tcp"));
        assertEquals("one", services.name(1, null));
        assertNull(services.name(2, "tcp"));
        assertEquals(65535, services.port("last", "tcp"));
    }

    @Test
    void lineThatIsNoServiceIsPassedOver() throws IOException {
        ServiceTable services = ServiceTable.of(file("""
                a
                b 1
                c /tcp
                d 1/
                e x/tcp
                f -1/tcp
                g 65536/tcp
                h 99999999999999999999/tcp
                i 1 /tcp
                # j 1/tcp

                \u00e4 7/tcp
                ok 9/tcp"""));

        for (String name : List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "#", "")) {
            assertEquals(-1, services.port(name, null), name);
        }
        assertEquals(7, services.port("\u00e4", "tcp"));
        assertEquals(9, services.port("ok", "tcp"));
    }

    @Test
    void protocolsHaveNamesNumbersAndAliases() throws IOException {
        ProtocolTable protocols = ProtocolTable.of(file("""
                ip 0 IP # Internet
                tcp\t6\tTCP\r
                tcp 7
                mptcp 262
                bad x BAD
                alone
                minus -1
                """));

        assertEquals(0, protocols.number("ip"));
        assertEquals(6, protocols.number("TCP"));
        assertEquals(6, protocols.number("tcp"));
        assertEquals(262, protocols.number("mptcp"));
        for (String name : List.of("bad", "BAD", "alone", "minus", "Internet", "#", "0", "")) {
            assertEquals(-1, protocols.number(name), name);
        }
    }

    @Test
    void endlessFileIsReadUpToALimit() {
        Path endless = Path.of("/dev/zero");
        assumeTrue(Files.exists(endless), "there is no /dev/zero");

        assertEquals(-1, ServiceTable.of(endless).port("http", "tcp"));
    }

    @Test
    void missingFileLeavesOurOwnTable() {
        Path missing = folder.resolve("missing");

        assertEquals(80, ServiceTable.of(missing).port("http", "tcp"));
        assertEquals("domain", ServiceTable.of(missing).name(53, "udp"));
        assertEquals(17, ProtocolTable.of(missing).number("udp"));
        assertEquals(6, ProtocolTable.of(missing).number("TCP"));
    }

    @Test
    void folderLeavesOurOwnTable() {
        assertEquals(22, ServiceTable.of(folder).port("ssh", "tcp"));
    }

    /** Every line is one, so none has been passed over. */
    @Test
    void ourOwnTablesAreWellMade() {
        List<String[]> services = NetdbFile.builtIn("services");
        for (String[] words : services) {
            String[] port = words[1].split("/");
            assertTrue(ServiceTable.builtIn().port(words[0], port[1]) == Integer.parseInt(port[0]), words[0]);
            for (int i = 2; i < words.length; i++) {
                assertEquals(Integer.parseInt(port[0]), ServiceTable.builtIn().port(words[i], port[1]), words[i]);
            }
        }
        for (String[] words : NetdbFile.builtIn("protocols")) {
            assertEquals(Integer.parseInt(words[1]), ProtocolTable.builtIn().number(words[0]), words[0]);
        }
        assertTrue(services.size() >= 60, "services " + services.size());
    }
}
