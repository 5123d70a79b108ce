package io.github.pysockets.graalpy;

import io.github.pysockets.python.Refusal;
import io.github.pysockets.python.LentBuffer;
import static io.github.pysockets.abi.Errno.EINVAL;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.PySockets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.graalvm.polyglot.Context;
import org.junit.jupiter.api.Test;

/** Files for bytes to pass through: without names, few, and gone with the sockets. */
final class SpillFilesTest {
    private static final byte[] TEXT = {'t', 'e', 'x', 't'};

    private final SpillFiles files = new SpillFiles();

    @Test
    void fileHasNoName() throws IOException {
        SpillFile file = files.make(4);
        Path path = Path.of((String) file.path());
        assertTrue(path.startsWith("/proc/self/fd"));
        assertTrue(Files.readSymbolicLink(path).toString().endsWith("(deleted)"));
        file.close();
    }

    @Test
    void whatIsPutIsRead() throws IOException {
        SpillFile file = files.make(4);
        assertEquals(1, file.put(ByteBuffer.wrap(TEXT), 1, 4));
        byte[] content = Files.readAllBytes(Path.of((String) file.path()));
        assertArrayEquals(Arrays.copyOf(Arrays.copyOfRange(TEXT, 1, 4), 4), content);
        file.close();
        assertEquals(0, file.put(ByteBuffer.wrap(TEXT), 0, 4));
    }

    @Test
    void fileThatAScriptHasCutOffIsNotWritten() throws IOException {
        SpillFile file = files.make(1 << 16);
        try (FileChannel channel = FileChannel.open(Path.of((String) file.path()), StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
        assertEquals(0, file.put(ByteBuffer.wrap(TEXT), 0, 4));
        assertEquals(0, file.put(ByteBuffer.wrap(TEXT), 0, 4));
    }

    @Test
    void partsThatAreNoneAreRefused() {
        SpillFile file = files.make(16);
        ByteBuffer buffer = ByteBuffer.wrap(TEXT);
        ByteBuffer large = ByteBuffer.allocate(17);
        assertEquals(-EINVAL, file.put(buffer, -1, 2));
        assertEquals(-EINVAL, file.put(buffer, 2, 1));
        assertEquals(-EINVAL, file.put(buffer, 0, 5));
        assertEquals(-EINVAL, file.put(large, 0, large.capacity()));
        file.close();
    }

    @Test
    void sizesThatAreNoneAreRefused() {
        BufferExports buffers = new BufferExports(files);
        for (int size : new int[] {0, -1, Integer.MIN_VALUE, SpillFile.MOST + 1, Integer.MAX_VALUE}) {
            assertEquals(-EINVAL, buffers.file(size));
        }
        ((SpillFile) buffers.file(SpillFile.MOST)).close();
    }

    @Test
    void thereAreNotMany() {
        List<SpillFile> made = new ArrayList<>();
        for (int i = 0; i < SpillFiles.MOST; i++) {
            made.add(files.make(1));
            assertNotNull(made.getLast());
        }
        assertNull(files.make(1));
        files.close();
        for (SpillFile file : made) {
            assertEquals(0, file.put(ByteBuffer.wrap(TEXT), 0, 4));
        }
        assertNull(files.make(1));
    }

    @Test
    void interpreterThatNeedsNoneHasNone() {
        try (Context context = Context.newBuilder("python")
                .option("engine.WarnInterpreterOnly", "false")
                .allowHostAccess(PySockets.hostAccess())
                .build();
                PySockets _ = PySockets.install(context)) {
            context.eval("python", "import socket, _pysockets");
            boolean needs = context.eval("python", "__import__('sys').implementation.version < (25, 1)").asBoolean();
            assertEquals(needs, !context.eval("python", "_pysockets.exports.buffers()").isNull());
            assertFalse(context.eval("python", "_pysockets.exports.buffers() and _pysockets.exports.buffers().file(1)")
                    .hasMembers());
        }
    }

    @Test
    void partOfALargerBufferIsNotLent() {
        assertThrows(Refusal.class, () -> LentBuffer.array(ByteBuffer.wrap(TEXT, 1, 2).slice()));
        assertThrows(Refusal.class, () -> LentBuffer.array(ByteBuffer.wrap(TEXT).asReadOnlyBuffer()));
        assertThrows(Refusal.class, () -> LentBuffer.array(ByteBuffer.allocateDirect(4)));
        assertThrows(Refusal.class, () -> LentBuffer.array(null));
    }
}
