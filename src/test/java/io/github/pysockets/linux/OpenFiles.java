package io.github.pysockets.linux;

import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.StackException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Files and pipes as endpoints, which the stack itself makes none of. All are closed together. */
final class OpenFiles implements AutoCloseable {
    private static final int O_RDWR = 2;
    private static final int O_CLOEXEC = 0x80000;

    private final LinuxStack stack = LinuxStack.open();
    private final List<Endpoint> open = new ArrayList<>();

    /** The two ends of a pipe. */
    record Pipe(LinuxEndpoint reading, LinuxEndpoint writing) {}

    Pipe pipe() throws StackException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pair = arena.allocate(2 * Integer.BYTES);
            ErrnoCheck.check(Libc.call(Libc.function("pipe2"), pair.address(), O_CLOEXEC));
            return new Pipe(
                    owned(pair.get(Fields.HOST_INT, 0)), owned(pair.get(Fields.HOST_INT, Integer.BYTES)));
        }
    }

    /** A new file in {@code folder} with this content, at its start. */
    LinuxEndpoint file(Path folder, byte[] content) throws IOException, StackException {
        return open(Files.write(Files.createTempFile(folder, "content", null), content));
    }

    LinuxEndpoint open(Path path) throws StackException {
        try (Arena arena = Arena.ofConfined()) {
            long name = NativeText.write(path.toString().getBytes(StandardCharsets.UTF_8), arena);
            return owned(ErrnoCheck.check(Libc.call(Libc.function("open"), name, O_RDWR | O_CLOEXEC)));
        }
    }

    LinuxEndpoint owned(int descriptor) {
        return owned(stack.endpoint(descriptor));
    }

    LinuxEndpoint owned(Endpoint endpoint) {
        open.add(endpoint);
        return (LinuxEndpoint) endpoint;
    }

    void close(Endpoint endpoint) throws StackException {
        open.remove(endpoint);
        endpoint.close();
    }

    @Override
    public void close() throws StackException {
        for (Endpoint endpoint : open) {
            endpoint.close();
        }
    }
}
