package io.github.pysockets.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.pysockets.stack.NameService;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Services and protocols, against the files that they come from. */
final class NetdbFilesTest {
    private static final int ENOUGH = 20;

    private final NameService names = LinuxStack.open().names();

    private static List<String[]> entries(String file) throws IOException {
        Path path = Path.of(file);
        assumeTrue(Files.isReadable(path), () -> "this host has no " + file);
        return Files.readAllLines(path, StandardCharsets.UTF_8).stream()
                .map(line -> line.replaceFirst("#.*", "").trim())
                .filter(line -> !line.isEmpty())
                .limit(ENOUGH)
                .map(line -> line.split("\\s+"))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void servicesAreThoseOfTheFile() throws IOException {
        for (String[] entry : entries("/etc/services")) {
            String[] portAndProtocol = entry[1].split("/");
            int port = Integer.parseInt(portAndProtocol[0]);

            assertEquals(port, names.getservbyname(bytes(entry[0]), bytes(portAndProtocol[1])), entry[0]);
            assertEquals(entry[0], names.getservbyport(port, bytes(portAndProtocol[1])));
        }
    }

    @Test
    void protocolsAreThoseOfTheFile() throws IOException {
        for (String[] entry : entries("/etc/protocols")) {
            assertEquals(Integer.parseInt(entry[1]), names.getprotobyname(bytes(entry[0])), entry[0]);
        }
    }
}
