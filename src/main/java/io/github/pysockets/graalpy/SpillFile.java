package io.github.pysockets.graalpy;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.StackException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.graalvm.polyglot.HostAccess;

/**
 * A file that the host writes and Python reads, for more bytes than a str carries quickly. It has no name: nothing of
 * it is left once both sides have closed it, however a script or the process ends.
 */
public final class SpillFile {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");

    /** The most bytes it holds. */
    private static final int MOST = 1 << 20;

    private final RandomAccessFile file;
    private final String path;

    private SpillFile(RandomAccessFile file, String path) {
        this.file = file;
        this.path = path;
    }

    /** Makes a file. Its name is gone before anybody learns of it. */
    static SpillFile in(Path folder) throws IOException {
        Path named = Files.createTempFile(folder, "pysockets", null);
        try {
            RandomAccessFile file = new RandomAccessFile(named.toFile(), "rw");
            try {
                return new SpillFile(file, open(named.toRealPath()).toString());
            } catch (IOException | RuntimeException unfinished) {
                file.close();
                throw unfinished;
            }
        } finally {
            Files.delete(named);
        }
    }

    /** The entry among this process's open files that leads to a file. Java does not expose the file's number. */
    private static Path open(Path named) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(OPEN_FILES)) {
            for (Path entry : entries) {
                if (leadsTo(entry, named)) {
                    return entry;
                }
            }
        }
        throw new NoSuchFileException(named.toString());
    }

    private static boolean leadsTo(Path entry, Path named) {
        try {
            return Files.readSymbolicLink(entry).equals(named);
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    /** The path by which Python opens it. */
    @HostAccess.Export
    public Object path() {
        return ResultCodes.value(() -> path);
    }

    /** Closes it on this side. */
    @HostAccess.Export
    public int close() {
        return ResultCodes.action(this::release);
    }

    /** Frees its memory at once, because Python may keep it open. */
    void release() {
        try (file) {
            file.setLength(0);
        } catch (IOException closedAllTheSame) {
            return;
        }
    }

    /** Writes bytes to the start of the file. Returns 1, or 0 where that fails. */
    @HostAccess.Export
    public int put(ByteBuffer buffer, int start, int end) {
        return ResultCodes.number(() -> {
            byte[] array = BufferExports.part(buffer, start, end);
            if (end - start > MOST) {
                throw new StackException(Errno.EINVAL);
            }
            try {
                file.seek(0);
                file.write(array, start, end - start);
                return 1;
            } catch (IOException full) {
                return 0;
            }
        });
    }
}
