package io.github.pysockets.netdb;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of lines, each a name and more words: services(5), protocols(5). Words are separated by blanks; a comment
 * begins with {@code #}. Lines may end with CR and LF.
 */
final class NetdbFile {
    private static final System.Logger LOGGER = System.getLogger("io.github.pysockets");

    /** In bytes. A file of all services that IANA has assigned is below 1 MB. What is behind the limit is not read. */
    private static final int LARGEST = 4 << 20;

    private NetdbFile() {}

    /** The words of each line; null where there is no such file, or none that can be read. */
    static List<String[]> read(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return lines(in);
        } catch (NoSuchFileException _) {
            return null;
        } catch (IOException unreadable) {
            LOGGER.log(System.Logger.Level.WARNING, "cannot read " + path, unreadable);
            return null;
        }
    }

    /** The words of each line of a file beside this class. */
    static List<String[]> builtIn(String name) {
        try (InputStream in = NetdbFile.class.getResourceAsStream(name)) {
            return lines(in);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static List<String[]> lines(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(LARGEST);
        return new String(bytes, StandardCharsets.ISO_8859_1).lines()
                .map(NetdbFile::withoutComment)
                .filter(line -> !line.isEmpty())
                .map(line -> line.split("[ \t]+"))
                .toList();
    }

    private static String withoutComment(String line) {
        int comment = line.indexOf('#');
        return (comment < 0 ? line : line.substring(0, comment)).strip();
    }

    /**
     * Where this platform has the file.
     *
     * @param unix the name below /etc
     * @param windows the name below {@code drivers\etc} of the system's folder
     */
    static Path path(String unix, String windows) {
        String root = System.getenv("SystemRoot");
        if (root != null && System.getProperty("os.name", "").startsWith("Windows")) {
            try {
                return Path.of(root, "System32", "drivers", "etc", windows);
            } catch (InvalidPathException notAFolder) {
                LOGGER.log(System.Logger.Level.WARNING, "SystemRoot is no folder", notAFolder);
            }
        }
        return Path.of("/etc", unix);
    }

    /** A decimal number as a file has it; -1 if it is none, or a larger one. */
    static int number(String text, int largest) {
        if (text.isEmpty() || text.length() > 9 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        int number = Integer.parseInt(text);
        return number <= largest ? number : -1;
    }
}
