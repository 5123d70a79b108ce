package io.github.pysockets.graalpy;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.StackException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.graalvm.polyglot.HostAccess;

/**
 * Memory that the host writes and Python reads: a file that both have mapped, see mmap(2). It has no name: nothing of
 * it is left once both sides have let go of it, however a script or the process ends.
 */
public final class SpillFile {
    static final Path OPEN_FILES = Path.of("/proc/self/fd");

    /** The most bytes it holds. */
    static final int MOST = 1 << 20;

    private final RandomAccessFile file;
    private final String path;

    /** Null once closed. A write after the file was cut off would fail as an access to memory that is not there. */
    private MappedByteBuffer memory;

    private SpillFile(RandomAccessFile file, String path, MappedByteBuffer memory) {
        this.file = file;
        this.path = path;
        this.memory = memory;
    }

    /**
     * Makes a file. Its name is gone before anybody learns of it.
     *
     * @param size in bytes, above 0 and at most {@link #MOST}
     */
    static SpillFile in(Path folder, int size) throws IOException {
        Path named = Files.createTempFile(folder, "pysockets", null);
        try {
            RandomAccessFile file = new RandomAccessFile(named.toFile(), "rw");
            try {
                // Written, not only made long: where there is no room, this fails, and not a later access.
                file.write(new byte[size]);
                MappedByteBuffer memory = file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, size);
                return new SpillFile(file, open(named.toRealPath()).toString(), memory);
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

    /** Frees its memory at once, because Python may keep it mapped. */
    synchronized void release() {
        memory = null;
        try (file) {
            file.setLength(0);
        } catch (IOException closedAllTheSame) {
            return;
        }
    }

    /** Copies bytes to the start of the file. Returns 1, or 0 where that fails. */
    @HostAccess.Export
    public int put(ByteBuffer buffer, int start, int end) {
        return ResultCodes.number(() -> {
            byte[] array = BufferExports.part(buffer, start, end);
            return copy(array, start, end - start) ? 1 : 0;
        });
    }

    private synchronized boolean copy(byte[] array, int start, int length) throws StackException {
        if (memory == null) {
            return false;
        }
        if (length > memory.capacity()) {
            throw new StackException(Errno.EINVAL);
        }
        try {
            memory.put(0, array, start, length);
            return true;
        } catch (InternalError gone) {
            // So the JVM reports a page that is not there: the script has cut the file off.
            release();
            return false;
        }
    }
}
