package io.github.pysockets.policy;

import io.github.pysockets.stack.SockaddrUn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;

/** Paths of AF_UNIX sockets, without links, dots and relative beginnings. */
final class UnixPaths {
    /** The working directory that the kernel uses, which is not always Java's. */
    private static final Path HERE = Path.of("/proc/self/cwd");
    /** How Java turns paths into bytes. With any other charset, it would look at other files than the kernel. */
    private static final Charset CHARSET =
            Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"), StandardCharsets.UTF_8);
    /** As in the kernel. */
    private static final int MOST_LINKS = 40;

    private UnixPaths() {}

    /**
     * The address to judge and use in place of one that is written: absolute and without links. So it still leads where
     * it was judged to lead, if somebody changes a link that is only in the written one.
     *
     * @return null where the path cannot be judged
     */
    static SockaddrUn plain(SockaddrUn written) {
        byte[] path = written.path();
        if (path.length == 0 || Target.isAbstract(written)) {
            return written;
        }
        try {
            Path given = Path.of(CHARSET.newDecoder().decode(ByteBuffer.wrap(path, 0, end(path))).toString());
            Path real = real(given.isAbsolute() ? given : working().resolve(given));
            return real == null ? null : new SockaddrUn(bytes(real.toString()));
        } catch (CharacterCodingException | InvalidPathException noText) {
            return null;
        }
    }

    /** Where the kernel takes a path to end. */
    private static int end(byte[] path) {
        for (int i = 0; i < path.length; i++) {
            if (path[i] == 0) {
                return i;
            }
        }
        return path.length;
    }

    private static byte[] bytes(String text) throws CharacterCodingException {
        ByteBuffer encoded = CHARSET.newEncoder().encode(CharBuffer.wrap(text));
        return Arrays.copyOf(encoded.array(), encoded.limit());
    }

    /** A plain address as rules have it: a path, or a name in the abstract namespace after an at sign. */
    static String text(SockaddrUn plain) {
        byte[] path = plain.path();
        return Target.isAbstract(plain)
                ? "@" + new String(path, 1, path.length - 1, StandardCharsets.ISO_8859_1)
                : new String(path, CHARSET);
    }

    /** A name in the abstract namespace, as rules have it in text, in the form of {@link #text}. */
    static String abstractName(String written) {
        return new String(written.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static Path working() {
        try {
            return HERE.toRealPath();
        } catch (IOException elsewhere) {
            return Path.of("").toAbsolutePath();
        }
    }

    /**
     * Follows the links of a path as far as there are files, as the kernel does. A link that leads to nothing yet is
     * followed too: there may be something by the time of its use.
     *
     * @return null where that has no end
     */
    static Path real(Path path) {
        return real(path, 0);
    }

    private static Path real(Path path, int links) {
        try {
            return path.toRealPath();
        } catch (IOException absent) {
            Path parent = path.getParent();
            Path name = path.getFileName();
            if (parent == null || name == null) {
                return path.normalize();
            }
            Path folder = real(parent, links);
            return folder == null ? null : follow(folder, folder.resolve(name).normalize(), links);
        }
    }

    private static Path follow(Path folder, Path path, int links) {
        Path target;
        try {
            target = Files.readSymbolicLink(path);
        } catch (IOException | UnsupportedOperationException noLink) {
            return path;
        }
        return links == MOST_LINKS ? null : real(folder.resolve(target), links + 1);
    }
}
