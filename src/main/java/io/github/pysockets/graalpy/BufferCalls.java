package io.github.pysockets.graalpy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * What the Python side calls to get at the octets of a buffer where its interpreter cannot make a memoryview of one, as GraalPy
 * 25.0 cannot.
 */
public final class BufferCalls {
    /** Files there live in memory. */
    private static final Path MEMORY = Path.of("/dev/shm");

    BufferCalls() {}

    @HostAccess.Export
    public int size(ByteBuffer buffer) {
        return buffer.capacity();
    }

    /** The octets from {@code start} to {@code end} as a str in which each char is an octet. */
    @HostAccess.Export
    public String text(ByteBuffer buffer, int start, int end) {
        return new String(buffer.array(), start, end - start, StandardCharsets.ISO_8859_1);
    }

    /** Sets octets from {@code start} on. */
    @HostAccess.Export
    public void set(ByteBuffer buffer, int start, Value octets) {
        byte[] source = PythonValues.octets(octets);
        System.arraycopy(source, 0, buffer.array(), start, source.length);
    }

    /** A file for octets to pass through; null where none can be made. */
    @HostAccess.Export
    public PassingFile file() {
        try {
            Path path = Files.isWritable(MEMORY)
                    ? Files.createTempFile(MEMORY, "pysockets", null)
                    : Files.createTempFile("pysockets", null);
            return new PassingFile(path);
        } catch (IOException | SecurityException none) {
            return null;
        }
    }
}
