package io.github.pysockets.graalpy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.graalvm.polyglot.HostAccess;

/** A file that the host writes and Python reads: for more octets than go quickly through a str. */
public final class PassingFile {
    private final Path path;
    private final RandomAccessFile file;

    PassingFile(Path path) throws IOException {
        this.path = path;
        file = new RandomAccessFile(path.toFile(), "rw");
    }

    /** What Python opens it by. */
    @HostAccess.Export
    public String path() {
        return path.toString();
    }

    /** Takes its name away: it lasts as long as it is open. */
    @HostAccess.Export
    public void unlink() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException staysBehind) {
            path.toFile().deleteOnExit();
        }
    }

    /** Closes it on this side. */
    @HostAccess.Export
    public void close() {
        try {
            file.close();
        } catch (IOException closedAllTheSame) {
            return;
        }
    }

    /** Puts octets at the start of the file. False where that fails. */
    @HostAccess.Export
    public boolean put(ByteBuffer buffer, int start, int end) {
        try {
            file.seek(0);
            file.write(buffer.array(), start, end - start);
            return true;
        } catch (IOException full) {
            return false;
        }
    }
}
