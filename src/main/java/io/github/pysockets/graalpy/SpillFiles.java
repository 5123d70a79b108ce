package io.github.pysockets.graalpy;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One context's files through which bytes pass. There are only a few, and they are closed with its sockets. */
final class SpillFiles {
    /** More than the threads that receive at once. */
    static final int MOST = 64;

    /** Files there are kept in memory. */
    private static final Path MEMORY = Path.of("/dev/shm");

    /** Weak, because the JVM closes a dropped one. */
    private final List<WeakReference<SpillFile>> made = new ArrayList<>();

    private boolean closed;

    /**
     * Makes a file; null where there are too many, or none can be made.
     *
     * @param size in bytes, above 0 and at most {@link SpillFile#MOST}
     */
    synchronized SpillFile make(int size) {
        made.removeIf(reference -> reference.refersTo(null));
        // Elsewhere a file without a name has no path by which Python could open it.
        if (closed || made.size() >= MOST || !Files.isDirectory(SpillFile.OPEN_FILES)) {
            return null;
        }
        try {
            SpillFile file = SpillFile.in(folder(), size);
            made.add(new WeakReference<>(file));
            return file;
        } catch (IOException | SecurityException none) {
            return null;
        }
    }

    private static Path folder() {
        return Files.isWritable(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** Closes all files, and makes no more. */
    synchronized void close() {
        closed = true;
        for (WeakReference<SpillFile> reference : made) {
            SpillFile file = reference.get();
            if (file != null) {
                file.release();
            }
        }
        made.clear();
    }
}
