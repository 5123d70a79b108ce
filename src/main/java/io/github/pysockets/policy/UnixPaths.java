package io.github.pysockets.policy;

import io.github.pysockets.stack.SockaddrUn;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Paths of AF_UNIX sockets, without links, dots and relative beginnings. */
final class UnixPaths {
    /** The working directory that the kernel uses, which is not always Java's. */
    private static final Path HERE = Path.of("/proc/self/cwd");

    private UnixPaths() {}

    /**
     * The path of an address as rules have it: absolute and without links, or a name in the abstract namespace after an
     * at sign.
     *
     * @return null where the path cannot be judged
     */
    static String of(SockaddrUn address) {
        byte[] path = address.path();
        if (Target.isAbstract(address)) {
            return "@" + new String(path, 1, path.length - 1, StandardCharsets.ISO_8859_1);
        }
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(path)).toString();
            Path written = Path.of(text);
            return real(written.isAbsolute() ? written : working().resolve(written)).toString();
        } catch (CharacterCodingException | InvalidPathException noText) {
            return null;
        }
    }

    private static Path working() {
        try {
            return HERE.toRealPath();
        } catch (IOException elsewhere) {
            return Path.of("").toAbsolutePath();
        }
    }

    /** Follows the links of a path as far as there are files, as the kernel does. */
    static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException absent) {
            Path parent = path.getParent();
            Path name = path.getFileName();
            if (parent == null || name == null) {
                return path.normalize();
            }
            return real(parent).resolve(name).normalize();
        }
    }
}
