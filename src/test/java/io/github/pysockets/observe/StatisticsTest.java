package io.github.pysockets.observe;

import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.MessageFlags.MSG_PEEK;
import static io.github.pysockets.abi.MessageFlags.MSG_TRUNC;
import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.ControlMessage;
import io.github.pysockets.stack.DescriptorEndpoint;
import io.github.pysockets.stack.DescriptorStack;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.stack.EpollStack;
import io.github.pysockets.stack.FileEndpoint;
import io.github.pysockets.stack.FileStack;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.MessageEndpoint;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.OutgoingMessage;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts, and for what. */
final class StatisticsTest {
    private static final int SCM_RIGHTS = 1;

    private final Wires wires = new Wires();
    private final ObservedStack stack = wires.stack;

    @AfterEach
    void close() {
        wires.close();
    }

    private SocketCounts total() {
        return stack.statistics().total();
    }

    private static IncomingMessage incoming(int count, int control) {
        return new IncomingMessage(new byte[count], 0, count, control);
    }

    private static OutgoingMessage outgoing(int count, ControlMessage... control) {
        return new OutgoingMessage(new byte[count], 0, count, List.of(control), null);
    }

    @Test
    void bytesOfEveryCallOnAStreamCount() throws StackException {
        EndpointPair pair = wires.pair();
        Endpoint first = pair.first();
        Endpoint second = pair.second();

        first.send(new byte[50], 0, 5, 0);
        first.require(MessageEndpoint.class).sendMessage(outgoing(20), 0);
        first.require(FileEndpoint.class).write(new byte[300], 0, 300);
        assertEquals(List.of(0L, 325L), bytes(0));

        second.recv(new byte[9], 0, 9, MSG_PEEK);
        assertEquals(List.of(0L, 0L), bytes(1));
        second.recv(new byte[9], 0, 9, 0);
        second.recvFrom(new byte[11], 0, 11, 0, new AddressHolder());
        second.require(FileEndpoint.class).read(new byte[200], 0, 200);
        second.require(MessageEndpoint.class).receiveMessage(incoming(1000, 0), 0);
        assertEquals(List.of(325L, 0L), bytes(1));
        assertEquals(-Errno.EAGAIN, second.recv(new byte[9], 0, 9, 0));

        first.close();
        second.close();
        assertEquals(new SocketCounts(0, 2, 0, 0, 0, 0, 325, 325), stack.statistics().family("AF_UNIX"));
    }

    private List<Long> bytes(int socket) {
        SocketState state = stack.statistics().sockets().get(socket);
        return List.of(state.bytesIn(), state.bytesOut());
    }

    @Test
    void datagramsCountByTheBytesThatAreTaken() throws StackException {
        Endpoint receiver = wires.udp();
        Endpoint sender = wires.udp();
        for (int i = 0; i < 2; i++) {
            assertEquals(100, sender.sendTo(new byte[100], 0, 100, 0, receiver.localAddress()));
        }

        wires.await(receiver, POLLIN);
        assertEquals(100, receiver.recvFrom(new byte[10], 0, 10, MSG_TRUNC, new AddressHolder()));
        wires.await(receiver, POLLIN);
        assertEquals(100, receiver.recvFrom(new byte[100], 0, 100, 0, new AddressHolder()));

        assertEquals(List.of(110L, 0L), bytes(0));
        assertEquals(List.of(0L, 200L), bytes(1));
        receiver.close();
        sender.close();
    }

    @Test
    void bytesFromFilesAndPipesCount() throws StackException {
        EndpointPair pair = wires.pair();
        FileStack files = stack.require(FileStack.class);
        Endpoint file = files.newMemfd("file".getBytes(StandardCharsets.UTF_8), 0);
        EndpointPair pipe = files.newPipe(0);
        file.require(FileEndpoint.class).write(new byte[70], 0, 70);
        pipe.second().require(FileEndpoint.class).write(new byte[6], 0, 6);

        assertEquals(70, pair.first().require(FileEndpoint.class).sendFile(file, 0, 70));
        assertEquals(6, pipe.first().require(FileEndpoint.class).splice(-1, pair.first(), -1, 6, 0));
        assertEquals(76, pair.second().require(FileEndpoint.class).splice(-1, pipe.second(), -1, 76, 0));

        assertEquals(List.of(0L, 76L), bytes(0));
        assertEquals(List.of(76L, 0L), bytes(1));
        assertEquals(2, total().opened(), "the file and the pipe are no sockets");
        for (Endpoint each : List.of(pair.first(), pair.second(), file, pipe.first(), pipe.second())) {
            each.close();
        }
        assertEquals(0, total().open());
    }

    @Test
    void whatIsNoSocketDoesNotCount() throws StackException {
        FileStack files = stack.require(FileStack.class);
        Endpoint eventfd = files.newEventfd(0, 0);
        Endpoint set = stack.require(EpollStack.class).newEpoll(0).endpoint();
        eventfd.require(FileEndpoint.class).write(new byte[8], 0, 8);
        Endpoint copy = eventfd.require(DescriptorEndpoint.class).duplicate(0, false);
        assertTrue(eventfd.send(new byte[1], 0, 1, 0) < 0);

        for (Endpoint each : List.of(eventfd, set, copy)) {
            each.close();
        }
        assertEquals(SocketCounts.NONE, total());
        assertEquals(List.of(), wires.notes.take());
    }

    @Test
    void connectionsAreCountedAndDescribed() throws StackException {
        Instant before = Instant.now().minusMillis(1);
        Endpoint server = wires.server();
        Endpoint client = wires.tcp();
        assertEquals(0, wires.connect(client, server.localAddress()));
        Endpoint accepted = wires.accept(server);

        assertEquals(new SocketCounts(3, 3, 1, 1, 0, 0, 0, 0), stack.statistics().family("AF_INET"));
        SocketState state = wires.newest();
        int port = ((SockaddrIn) client.localAddress()).port();
        assertTrue(state.isAccepted());
        assertEquals("127.0.0.1:" + port, state.peer());
        assertEquals("127.0.0.1:" + ((SockaddrIn) server.localAddress()).port(), state.local());
        SocketState other = stack.statistics().sockets().get(1);
        assertEquals(List.of("wires", "AF_INET", "SOCK_STREAM", state.peer(), state.local()),
                List.of(other.label(), other.family(), other.type(), other.local(), other.peer()));
        assertFalse(other.isAccepted());
        assertNull(stack.statistics().sockets().get(0).peer());
        assertTrue(other.opened().isAfter(before) && !other.lastUsed().isBefore(other.opened()));

        for (Endpoint each : List.of(server, client, accepted)) {
            each.close();
        }
        assertEquals(new SocketCounts(0, 3, 1, 1, 0, 0, 0, 0), total());
        assertEquals(List.of(), stack.statistics().sockets());
    }

    @Test
    void useIsDated() throws Exception {
        EndpointPair pair = wires.pair();
        Endpoint idle = wires.tcp();
        SocketState before = stack.statistics().sockets().get(0);
        assertEquals(before.opened(), before.lastUsed());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        SocketState after;
        do {
            assertTrue(System.nanoTime() < end, "the clock stands still");
            pair.first().send(new byte[1], 0, 1, 0);
            pair.second().recv(new byte[1], 0, 1, 0);
            after = stack.statistics().sockets().get(0);
        } while (!after.lastUsed().isAfter(before.opened()));
        assertFalse(after.lastUsed().isAfter(Instant.now()));
        assertEquals(wires.newest().opened(), wires.newest().lastUsed());
        for (Endpoint each : List.of(pair.first(), pair.second(), idle)) {
            each.close();
        }
    }

    @Test
    void duplicatesAreOneSocket() throws StackException {
        Endpoint server = wires.server();
        Endpoint copy = server.require(DescriptorEndpoint.class).duplicate(0, false);
        String local = wires.newest().local();
        assertEquals(1, total().open());

        server.close();
        assertEquals(1, total().open());
        assertEquals(local, wires.newest().local());
        Endpoint another = copy.require(DescriptorEndpoint.class).duplicate(0, false);
        copy.close();
        another.close();
        assertEquals(new SocketCounts(0, 1, 0, 0, 0, 0, 0, 0), total());
        assertEquals(List.of("opened AF_INET SOCK_STREAM", "closed AF_INET SOCK_STREAM 0 0"), wires.notes.take());
    }

    @Test
    void duplicatesShareTheirBytes() throws StackException {
        EndpointPair pair = wires.pair();
        Endpoint copy = pair.first().require(DescriptorEndpoint.class).duplicate(0, false);
        pair.first().send(new byte[1], 0, 1, 0);
        copy.send(new byte[2], 0, 2, 0);
        assertEquals(List.of(0L, 3L), bytes(0));
        for (Endpoint each : List.of(pair.first(), pair.second(), copy)) {
            each.close();
        }
    }

    @Test
    void secondCloseDoesNotCount() throws StackException {
        SocketStack closed = wires.stack;
        Endpoint socket = closed.socket(AF_INET, SOCK_STREAM, 0);
        Endpoint copy = socket.require(DescriptorEndpoint.class).duplicate(0, false);
        socket.close();
        try {
            socket.close();
        } catch (StackException badDescriptor) {
            assertEquals(Errno.EBADF, badDescriptor.errno());
        }
        assertEquals(1, total().open());
        copy.close();
        assertEquals(0, total().open());
    }

    @Test
    void receivedSocketsCountAndOtherFilesDoNot() throws StackException {
        EndpointPair pair = wires.pair();
        EndpointPair pipe = stack.require(FileStack.class).newPipe(0);
        Endpoint passed = wires.tcp();
        ControlMessage rights = new ControlMessage(
                SOL_SOCKET, SCM_RIGHTS, new byte[0], List.of(passed, pipe.first()));
        assertEquals(1, pair.first().require(MessageEndpoint.class).sendMessage(outgoing(1, rights), 0));

        IncomingMessage message = incoming(1, 100);
        assertEquals(1, pair.second().require(MessageEndpoint.class).receiveMessage(message, 0));
        List<Endpoint> received = message.control().get(0).endpoints();

        assertEquals(2, received.size());
        assertEquals(2, stack.statistics().family("AF_INET").open());
        assertEquals(4, total().open());
        for (Endpoint each : List.of(
                pair.first(), pair.second(), pipe.first(), pipe.second(), passed, received.get(0), received.get(1))) {
            each.close();
        }
        assertEquals(0, total().open());
    }

    @Test
    void descriptorsFromElsewhereCountFromTheirFirstUse() throws StackException {
        EndpointPair outside = LinuxStack.open().socketpair(AF_UNIX, SOCK_STREAM, 0);
        DescriptorStack descriptors = stack.require(DescriptorStack.class);
        int number = outside.first().require(DescriptorEndpoint.class).descriptor();
        Endpoint adopted = descriptors.endpoint(number);
        adopted.require(FileEndpoint.class).write(new byte[2], 0, 2);
        assertEquals(0, total().open(), "any file can be written");

        assertEquals(-Errno.EAGAIN, adopted.recv(new byte[1], 0, 1, 0));
        adopted.send(new byte[3], 0, 3, 0);
        assertEquals(new SocketCounts(1, 1, 0, 0, 0, 0, 0, 5), stack.statistics().family("AF_UNIX"));
        assertEquals("SOCK_STREAM", wires.newest().type());
        assertEquals(List.of("opened AF_UNIX SOCK_STREAM"), wires.notes.take());

        adopted.close();
        outside.second().close();
        assertEquals(0, total().open());
    }

    @Test
    void acceptedFromElsewhereHasItsFamily() throws StackException {
        Endpoint outside = LinuxStack.open().socket(AF_INET, SOCK_STREAM, 0);
        outside.bind(new SockaddrIn(0x7f00_0001, 0));
        outside.listen(1);
        Endpoint server = stack.require(DescriptorStack.class)
                .endpoint(outside.require(DescriptorEndpoint.class).descriptor());
        Endpoint client = wires.tcp();
        wires.connect(client, outside.localAddress());
        Endpoint accepted = wires.accept(server);

        assertEquals(1, stack.statistics().family("AF_INET").accepted());
        for (Endpoint each : List.of(server, client, accepted)) {
            each.close();
        }
    }

    @Test
    void whatIsDroppedUnclosedIsClosed() throws Exception {
        int number = open();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (total().open() > 0) {
            assertTrue(System.nanoTime() < end, "not found");
            System.gc();
            Thread.sleep(10);
        }
        assertEquals(1, total().opened());
        assertEquals(7, total().bytesOut());
        LinuxStack.open().endpoint(number).close();
    }

    /** A socket whose descriptor goes on without it. */
    private int open() throws StackException {
        EndpointPair outside = LinuxStack.open().socketpair(AF_UNIX, SOCK_STREAM, 0);
        Endpoint adopted = stack.require(DescriptorStack.class)
                .endpoint(outside.first().require(DescriptorEndpoint.class).descriptor());
        assertEquals(7, adopted.send(new byte[7], 0, 7, 0));
        outside.second().close();
        return adopted.require(DescriptorEndpoint.class).descriptor();
    }

    @ParameterizedTest
    @CsvSource({"13, 1", "24, 1", "105, 1", "122, 1", "1, 0", "111, 0"})
    void refusalHasOneOfFourNumbersAndAReason(int errno, int counted) throws StackException {
        try (Wires refusing = new Wires(Wires.refusing(errno, "for a test")); Wires silent = new Wires(
                Wires.refusing(errno, null))) {
            assertEquals(-errno, connect(refusing));
            assertEquals(-errno, connect(silent));
            assertEquals(counted, refusing.stack.statistics().family("AF_INET").refused());
            assertEquals(0, silent.stack.statistics().total().refused());
            assertEquals(0, refusing.stack.statistics().total().connected());
        }
    }

    private static int connect(Wires wires) throws StackException {
        Endpoint socket = wires.tcp();
        int result = socket.connect(new SockaddrIn(0x7f00_0001, 9));
        socket.close();
        return result;
    }

    @Test
    void lookUpsCountForTheFamilyThatIsAskedFor() throws Exception {
        NameService names = stack.names();
        byte[] host = "127.0.0.1".getBytes(StandardCharsets.US_ASCII);
        names.getaddrinfo(host, null, 0, 0, 0, 0);
        names.getaddrinfo(host, null, AF_INET, 0, 0, 0);
        names.gethostbyname(host);
        names.getnameinfo(new SockaddrIn(0x7f00_0001, 80), 1);
        names.getservbyname("http".getBytes(StandardCharsets.US_ASCII), null);
        byte[] noAddress = "1.2.3".getBytes(StandardCharsets.US_ASCII);
        try {
            names.getaddrinfo(noAddress, null, 0, 0, 0, 4 | 1024);
        } catch (NameServiceException unknown) {
            assertEquals(NameServiceException.Range.EAI, unknown.range());
        }

        assertEquals(3, stack.statistics().family("AF_INET").lookUps());
        assertEquals(2, stack.statistics().family("AF_UNSPEC").lookUps());
        assertEquals(5, total().lookUps());
    }

    /** Sums are right at every moment, whatever other threads do. */
    @Test
    void statisticsAgreeWithThemselves() throws Exception {
        int threads = 2;
        int rounds = 300;
        CountDownLatch done = new CountDownLatch(threads);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new java.util.ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> {
                    try {
                        exchange(rounds);
                    } finally {
                        done.countDown();
                    }
                    return null;
                }));
            }
            SocketCounts last = SocketCounts.NONE;
            do {
                SocketStatistics now = stack.statistics();
                SocketCounts total = now.total();
                assertEquals(total.open(), now.sockets().size());
                assertEquals(total, now.families().values().stream().reduce(SocketCounts.NONE, SocketCounts::plus));
                assertTrue(total.bytesOut() >= last.bytesOut() && total.bytesIn() >= last.bytesIn());
                assertTrue(total.opened() >= last.opened() && total.open() <= 2L * threads);
                last = total;
            } while (!done.await(1, TimeUnit.MILLISECONDS));
            for (Future<?> each : running) {
                each.get();
            }
        }
        long bytes = 3L * threads * rounds;
        assertEquals(new SocketCounts(0, 2L * threads * rounds, 0, 0, 0, 0, bytes, bytes), total());
    }

    private void exchange(int rounds) throws StackException {
        for (int i = 0; i < rounds; i++) {
            EndpointPair pair = wires.pair();
            pair.first().send(new byte[3], 0, 3, 0);
            pair.second().recv(new byte[3], 0, 3, 0);
            pair.first().close();
            pair.second().close();
        }
    }

    /** Two threads may send on one socket at once. */
    @Test
    void noByteIsLostBetweenThreads() throws Exception {
        Endpoint receiver = wires.udp();
        Endpoint sender = wires.udp();
        int each = 5000;
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            Runnable send = () -> {
                try {
                    for (int i = 0; i < each; i++) {
                        sender.sendTo(new byte[1], 0, 1, 0, receiver.localAddress());
                    }
                } catch (StackException failure) {
                    throw new IllegalStateException(failure);
                }
            };
            Future<?> first = pool.submit(send);
            Future<?> second = pool.submit(send);
            first.get(Duration.ofSeconds(60).toSeconds(), TimeUnit.SECONDS);
            second.get(Duration.ofSeconds(60).toSeconds(), TimeUnit.SECONDS);
        }
        assertEquals(2L * each, total().bytesOut());
        receiver.close();
        sender.close();
    }
}
