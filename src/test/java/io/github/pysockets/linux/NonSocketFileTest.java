package io.github.pysockets.linux;

import static io.github.pysockets.abi.Errno.EPERM;
import static io.github.pysockets.abi.EpollFlags.EPOLL_CTL_ADD;
import static io.github.pysockets.abi.FileControl.F_GETFL;
import static io.github.pysockets.abi.FileControl.O_NONBLOCK;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.stack.Epoll;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.StackException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** What endpoints that are no sockets can: files, and pipes in either mode. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
final class NonSocketFileTest {
    private static final int EPIPE = 32;
    private static final int EPOLLIN = 1;
    private static final int EPOLLHUP = 16;
    private static final int ROUNDS = 3_000;

    private final OpenFiles files = new OpenFiles();

    @TempDir
    private Path folder;

    @AfterEach
    void closeAll() throws StackException {
        files.close();
    }

    private static byte[] noise(int count) {
        byte[] noise = new byte[count];
        new Random(count).nextBytes(noise);
        return noise;
    }

    /** The flag that the kernel has, borrowed or not. */
    private static boolean isNonBlockingNow(LinuxEndpoint endpoint) {
        int flags = DescriptorCalls.fcntl(endpoint.descriptor(), F_GETFL, 0);
        return (flags & O_NONBLOCK) != 0;
    }

    @Test
    void pipeCarriesBytes() throws StackException {
        OpenFiles.Pipe pipe = files.pipe();
        byte[] into = {9, 9, 9, 9};

        assertEquals(3, pipe.writing().write(new byte[] {7, 1, 2, 3, 7}, 1, 3));
        assertEquals(2, pipe.reading().read(into, 1, 2));
        assertArrayEquals(new byte[] {9, 1, 2, 9}, into);
        assertEquals(1, pipe.reading().read(into, 0, 4));
        assertArrayEquals(new byte[] {3, 1, 2, 9}, into);
    }

    @Test
    void pipeIsNeverWaitedFor() throws StackException {
        OpenFiles.Pipe pipe = files.pipe();
        byte[] many = new byte[100_000];

        assertEquals(-Errno.EAGAIN, pipe.reading().read(many, 0, many.length));
        int result;
        do {
            result = pipe.writing().write(many, 0, many.length);
        } while (result > 0);
        assertEquals(-Errno.EAGAIN, result);

        assertFalse(isNonBlockingNow(pipe.reading()), "the mode was given back");
        assertFalse(isNonBlockingNow(pipe.writing()));
    }

    @Test
    void endsOfAPipeAreTold() throws StackException {
        OpenFiles.Pipe first = files.pipe();
        files.close(first.writing());
        assertEquals(0, first.reading().read(new byte[1], 0, 1));

        OpenFiles.Pipe second = files.pipe();
        files.close(second.reading());
        assertEquals(-EPIPE, second.writing().write(new byte[1], 0, 1), "and no signal");
    }

    @Test
    void wrongEndIsRefused() throws StackException {
        OpenFiles.Pipe pipe = files.pipe();

        assertEquals(-Errno.EBADF, pipe.reading().write(new byte[1], 0, 1));
        assertEquals(-Errno.EBADF, pipe.writing().read(new byte[1], 0, 1));
    }

    @Test
    void modeIsThatOfOneEnd() throws StackException {
        OpenFiles.Pipe pipe = files.pipe();
        LinuxEndpoint copy = files.owned(pipe.reading().duplicate(0, false));

        pipe.reading().setNonBlocking(true);

        assertTrue(copy.isNonBlocking());
        assertFalse(pipe.writing().isNonBlocking());
        assertEquals(-Errno.EAGAIN, copy.read(new byte[1], 0, 1));
        assertTrue(isNonBlockingNow(pipe.reading()), "it was not borrowed, so not given back");
        copy.setNonBlocking(false);
        assertFalse(pipe.reading().isNonBlocking());
    }

    @Test
    void descriptorThatIsNotOpenHasNoMode() throws StackException {
        LinuxEndpoint gone = new LinuxEndpoint(-1);

        assertEquals(Errno.EBADF, assertThrows(StackException.class, gone::isNonBlocking).errno());
        assertEquals(Errno.EBADF, assertThrows(StackException.class, () -> gone.setNonBlocking(true)).errno());
        assertEquals(-Errno.EBADF, gone.read(new byte[1], 0, 1));
        assertEquals(-Errno.EBADF, gone.write(new byte[1], 0, 1));
        assertEquals(-Errno.EBADF, gone.sendFile(new LinuxEndpoint(0), 0, 1));
    }

    @Test
    void ownerSeesNothingOfTheCallsOfOthers() throws StackException {
        OpenFiles.Pipe pipe = files.pipe();
        LinuxEndpoint copy = files.owned(pipe.reading().duplicate(0, false));

        CompletableFuture<Void> reader = emptyReads(copy);
        for (int i = 0; i < ROUNDS; i++) {
            assertFalse(pipe.reading().isNonBlocking());
        }
        reader.join();
    }

    @Test
    void callsOfManyThreadsByManyDescriptorsNeverWait() throws StackException {
        OpenFiles.Pipe pipe = files.pipe();
        LinuxEndpoint copy = files.owned(pipe.reading().duplicate(0, false));

        List<CompletableFuture<Void>> readers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            readers.add(emptyReads(i % 2 == 0 ? copy : pipe.reading()));
        }
        readers.forEach(CompletableFuture::join);

        assertFalse(isNonBlockingNow(copy));
    }

    private static CompletableFuture<Void> emptyReads(LinuxEndpoint from) {
        return CompletableFuture.runAsync(() -> {
            for (int i = 0; i < ROUNDS; i++) {
                assertEquals(-Errno.EAGAIN, from.read(new byte[1], 0, 1));
            }
        }, Thread.ofPlatform().daemon()::start);
    }

    @Test
    void fileIsReadAndWrittenWhereItsPositionIs() throws Exception {
        byte[] content = noise(2 * Scratch.ROOM_LIMIT + 5);
        LinuxEndpoint file = files.file(folder, content);
        byte[] into = new byte[content.length + 1];

        assertEquals(10, file.read(into, 0, 10));
        assertEquals(content.length - 10, file.read(into, 10, into.length - 10), "more than the shared room holds");
        assertArrayEquals(content, Arrays.copyOf(into, content.length));
        assertEquals(0, file.read(into, 0, 1));

        assertEquals(content.length, file.write(content, 0, content.length));
        assertEquals(0, file.read(into, 0, 1));
    }

    @Test
    void epollTakesPipesAndNoFiles() throws Exception {
        OpenFiles.Pipe pipe = files.pipe();
        Epoll epoll = LinuxStack.open().newEpoll(0);
        files.owned(epoll.endpoint());
        int[] descriptors = new int[2];
        int[] events = new int[2];

        assertEquals(-EPERM, epoll.control(EPOLL_CTL_ADD, files.file(folder, new byte[1]), EPOLLIN, 0));
        assertEquals(0, epoll.control(EPOLL_CTL_ADD, pipe.reading(), EPOLLIN, pipe.reading().descriptor()));
        assertEquals(0, epoll.ready(descriptors, events, 2));

        pipe.writing().write(new byte[1], 0, 1);
        files.close(pipe.writing());

        assertEquals(1, epoll.ready(descriptors, events, 2));
        assertEquals(List.of(pipe.reading().descriptor(), EPOLLIN | EPOLLHUP), List.of(descriptors[0], events[0]));
    }
}
