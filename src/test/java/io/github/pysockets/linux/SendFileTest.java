package io.github.pysockets.linux;

import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.FileControl.F_GETFL;
import static io.github.pysockets.abi.FileControl.O_NONBLOCK;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.StackException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** Files into sockets and pipes. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
final class SendFileTest {
    private static final int EPIPE = 32;

    private final OpenFiles files = new OpenFiles();
    private final byte[] content = new byte[1_000_000];
    private LinuxEndpoint file;
    private LinuxEndpoint to;
    private LinuxEndpoint peer;

    @TempDir
    private Path folder;

    @BeforeEach
    void open() throws IOException, StackException {
        new Random(1).nextBytes(content);
        file = files.file(folder, content);
        EndpointPair pair = LinuxStack.open().socketpair(AF_UNIX, SOCK_STREAM, 0);
        to = files.owned(pair.first());
        peer = files.owned(pair.second());
    }

    @AfterEach
    void closeAll() throws StackException {
        files.close();
    }

    /** What has come so far. */
    private static byte[] take(LinuxEndpoint from) {
        ByteArrayOutputStream taken = new ByteArrayOutputStream();
        byte[] part = new byte[65536];
        for (int count = from.read(part, 0, part.length); count > 0; count = from.read(part, 0, part.length)) {
            taken.write(part, 0, count);
        }
        return taken.toByteArray();
    }

    private byte[] content(int start, int end) {
        return Arrays.copyOfRange(content, start, end);
    }

    @Test
    void partIsSentFromItsOffset() {
        assertEquals(500, to.sendFile(file, 100, 500));
        assertArrayEquals(content(100, 600), take(peer));

        assertEquals(7, file.read(new byte[7], 0, 7));
        assertEquals(3, to.sendFile(file, 0, 3), "whatever the file's own position is");
        assertArrayEquals(content(0, 3), take(peer));
    }

    @Test
    void withoutOffsetTheFilesPositionMoves() {
        assertEquals(500, to.sendFile(file, -1, 500));
        assertEquals(20, to.sendFile(file, -1, 20));
        assertArrayEquals(content(0, 520), take(peer));

        byte[] next = new byte[5];
        assertEquals(5, file.read(next, 0, 5));
        assertArrayEquals(content(520, 525), next);
    }

    @Test
    void nothingIsLeftAtTheEnd() {
        assertEquals(10, to.sendFile(file, content.length - 10, 1L << 40));
        assertEquals(0, to.sendFile(file, content.length, 10));
        assertEquals(0, to.sendFile(file, content.length + 99, 10));
        assertEquals(0, to.sendFile(file, 0, 0));
        assertEquals(-Errno.EINVAL, to.sendFile(file, -2, 10));
    }

    @Test
    void fullSocketIsNotWaitedFor() throws StackException {
        to.publish();

        assertWholeFileGoesInParts(to, peer);
        assertFalse(to.isNonBlocking());
        assertFalse(isNonBlockingNow(to), "the mode was given back");
    }

    @Test
    void fullPipeIsNotWaitedFor() throws StackException {
        OpenFiles.Pipe pipe = files.pipe();

        assertWholeFileGoesInParts(pipe.writing(), pipe.reading());
        assertFalse(isNonBlockingNow(pipe.writing()), "the mode was given back");
    }

    private void assertWholeFileGoesInParts(LinuxEndpoint receiver, LinuxEndpoint end) {
        ByteArrayOutputStream came = new ByteArrayOutputStream();
        long sent = 0;
        boolean wasFull = false;
        while (sent < content.length) {
            long result = receiver.sendFile(file, sent, content.length - sent);
            if (result == -Errno.EAGAIN) {
                wasFull = true;
                came.writeBytes(take(end));
            } else {
                assertTrue(result > 0, () -> "bytes, not " + result);
                sent += result;
            }
        }
        came.writeBytes(take(end));
        assertTrue(wasFull);
        assertArrayEquals(content, came.toByteArray());
    }

    private static boolean isNonBlockingNow(LinuxEndpoint endpoint) {
        int flags = DescriptorCalls.fcntl(endpoint.descriptor(), F_GETFL, 0);
        return (flags & O_NONBLOCK) != 0;
    }

    @Test
    void socketInNonBlockingModeStaysSo() throws StackException {
        to.setNonBlocking(true);

        assertEquals(5, to.sendFile(file, 0, 5));

        assertTrue(isNonBlockingNow(to));
    }

    @Test
    void fileMayBeCopiedToAFile() throws Exception {
        LinuxEndpoint copy = files.file(folder, new byte[0]);

        assertEquals(300, copy.sendFile(file, 5, 300));

        byte[] copied = new byte[301];
        assertEquals(0, copy.read(copied, 0, 1));
        assertEquals(300, to.sendFile(copy, 0, 1000));
        assertArrayEquals(content(5, 305), take(peer));
    }

    @Test
    void whatCouldBeWaitedForIsNoSource() throws StackException {
        OpenFiles.Pipe pipe = files.pipe();

        assertEquals(-Errno.EINVAL, pipe.writing().sendFile(peer, -1, 10), "the kernel would wait");
        assertEquals(-Errno.EINVAL, pipe.writing().sendFile(files.pipe().reading(), -1, 10));
        assertEquals(-Errno.EINVAL, to.sendFile(pipe.reading(), -1, 10));
    }

    @Test
    void sourceThatIsNotOpenIsTold() throws StackException {
        assertEquals(-Errno.EBADF, to.sendFile(new LinuxEndpoint(-1), 0, 10));
        assertEquals(-Errno.EBADF, files.pipe().writing().sendFile(new LinuxEndpoint(-1), 0, 10));
    }

    @Test
    void receiverThatIsGoneIsAnErrorAndNoSignal() throws StackException {
        OpenFiles.Pipe pipe = files.pipe();
        files.close(pipe.reading());
        files.close(peer);

        assertEquals(-EPIPE, to.sendFile(file, 0, 10));
        assertEquals(-EPIPE, pipe.writing().sendFile(file, 0, 10));
    }
}
