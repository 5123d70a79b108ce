package io.github.pysockets.nio;

import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_INET6;
import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.MessageFlags.MSG_OOB;
import static io.github.pysockets.abi.MessageFlags.MSG_PEEK;
import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLOUT;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_ERROR;
import static io.github.pysockets.abi.SocketTypes.SOCK_DGRAM;
import static io.github.pysockets.abi.SocketTypes.SOCK_SEQPACKET;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.pysockets.abi.Constants;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.ControlMessage;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.stack.MessageEndpoint;
import io.github.pysockets.stack.OutgoingMessage;
import io.github.pysockets.stack.Poller;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.StackException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What channels make different from descriptors, and must not show. */
@Timeout(30)
final class NioEndpointTest {
    private static final long LONG = TimeUnit.SECONDS.toNanos(10);
    private static final SockaddrIn LOOPBACK = new SockaddrIn(0x7f00_0001, 0);

    private final NioStack stack = NioStack.open();
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final List<Poller> pollers = new ArrayList<>();

    @AfterEach
    void closeAll() throws StackException {
        for (Endpoint endpoint : endpoints) {
            endpoint.close();
        }
        pollers.forEach(Poller::close);
    }

    private Endpoint open(int family, int type) throws StackException {
        Endpoint made = stack.socket(family, type, 0);
        endpoints.add(made);
        return made;
    }

    private void close(Endpoint endpoint) throws StackException {
        endpoints.remove(endpoint);
        endpoint.close();
    }

    private Poller poller() throws StackException {
        Poller made = stack.newPoller();
        pollers.add(made);
        return made;
    }

    private EndpointPair connection() throws StackException {
        Endpoint listener = open(AF_INET, SOCK_STREAM);
        listener.bind(LOOPBACK);
        listener.listen(1);
        return connection(listener);
    }

    private EndpointPair connection(Endpoint listener) throws StackException {
        Endpoint client = open(AF_INET, SOCK_STREAM);
        client.connect(listener.localAddress());
        assertNotEquals(0, poller().poll(client, POLLOUT, LONG));
        assertEquals(0, client.getOption(SOL_SOCKET, SO_ERROR));
        return new EndpointPair(client, accept(listener));
    }

    private Endpoint accept(Endpoint listener) throws StackException {
        assertEquals(POLLIN, poller().poll(listener, POLLIN, LONG));
        AcceptedHolder accepted = new AcceptedHolder();
        assertEquals(0, listener.accept(accepted));
        endpoints.add(accepted.endpoint());
        return accepted.endpoint();
    }

    private static void assertFails(int errno, Executable call) {
        assertEquals(errno, assertThrows(StackException.class, call).errno());
    }

    private static int number(String name) {
        return (int) Constants.number(name);
    }

    // From bind to listen

    @Test
    void listeningKeepsTheAddress() throws StackException {
        Endpoint listener = open(AF_INET, SOCK_STREAM);
        assertEquals(new SockaddrIn(0, 0), listener.localAddress());
        listener.bind(LOOPBACK);
        SockaddrIn bound = (SockaddrIn) listener.localAddress();
        assertNotEquals(0, bound.port());

        listener.listen(1);

        assertEquals(bound, listener.localAddress());
    }

    @Test
    void portIsHeldFromBindToListen() throws StackException {
        Endpoint listener = open(AF_INET, SOCK_STREAM);
        listener.bind(LOOPBACK);
        Endpoint other = open(AF_INET, SOCK_STREAM);
        Endpoint reusing = open(AF_INET, SOCK_STREAM);
        reusing.setOption(SOL_SOCKET, number("SO_REUSEADDR"), 1);

        assertFails(Errno.EADDRINUSE, () -> other.bind(listener.localAddress()));
        listener.listen(1);
        assertFails(Errno.EADDRINUSE, () -> other.bind(listener.localAddress()));
        assertFails(Errno.EADDRINUSE, () -> reusing.bind(listener.localAddress()));
    }

    @Test
    void addressIsNotReusedUnlessAsked() throws StackException {
        Endpoint listener = open(AF_INET, SOCK_STREAM);
        listener.bind(LOOPBACK);
        listener.listen(1);

        assertEquals(0, listener.getOption(SOL_SOCKET, number("SO_REUSEADDR")));
    }

    @Test
    void optionsArePassedOnToTheListenerAndItsConnections() throws StackException {
        Endpoint listener = open(AF_INET, SOCK_STREAM);
        int tcp = number("IPPROTO_TCP");
        listener.setOption(SOL_SOCKET, number("SO_KEEPALIVE"), 1);
        listener.setOption(SOL_SOCKET, number("SO_RCVBUF"), 20_000);
        listener.setOption(tcp, number("TCP_NODELAY"), 1);
        listener.setOption(tcp, number("TCP_KEEPIDLE"), 55);
        listener.setOption(SOL_SOCKET, number("SO_LINGER"), OptionBytes.of(1, 3));
        int sendBuffer = listener.getOption(SOL_SOCKET, number("SO_SNDBUF"));
        listener.bind(LOOPBACK);
        listener.listen(1);
        listener.setOption(SOL_SOCKET, number("SO_REUSEADDR"), 1);

        assertEquals(sendBuffer, listener.getOption(SOL_SOCKET, number("SO_SNDBUF")));
        for (Endpoint each : List.of(listener, connection(listener).second())) {
            assertEquals(1, each.getOption(SOL_SOCKET, number("SO_KEEPALIVE")));
            assertEquals(40_000, each.getOption(SOL_SOCKET, number("SO_RCVBUF")));
            assertEquals(1, each.getOption(tcp, number("TCP_NODELAY")));
            assertEquals(55, each.getOption(tcp, number("TCP_KEEPIDLE")));
            byte[] linger = new byte[8];
            assertEquals(8, each.getOption(SOL_SOCKET, number("SO_LINGER"), linger));
            assertArrayEquals(OptionBytes.of(1, 3), linger);
            each.setOption(SOL_SOCKET, number("SO_LINGER"), OptionBytes.of(0, 0));
        }
    }

    @Test
    void fileKeepsItsPermissionsFromBindToListen(@TempDir Path directory) throws StackException, IOException {
        Path file = directory.resolve("s");
        assumeTrue(Files.getFileStore(directory).supportsFileAttributeView("posix"), "no permissions");
        Endpoint listener = open(AF_UNIX, SOCK_STREAM);
        listener.bind(new SockaddrUn(file.toString().getBytes(StandardCharsets.UTF_8)));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

        listener.listen(1);

        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (var files = Files.list(directory)) {
            assertEquals(List.of(file), files.toList());
        }
        Endpoint client = open(AF_UNIX, SOCK_STREAM);
        assertEquals(0, client.connect(listener.localAddress()));
    }

    @Test
    void waitGoesOnWhenTheSocketStartsToListen() throws Exception {
        Endpoint listener = open(AF_UNIX, SOCK_STREAM);
        Path directory = Files.createTempDirectory("nio");
        SockaddrUn address = new SockaddrUn(directory.resolve("s").toString().getBytes(StandardCharsets.UTF_8));
        Poller poller = poller();
        // The poller knows the first channel.
        assertNotEquals(0, poller.poll(listener, POLLIN, 0));
        listener.bind(address);
        listener.listen(1);

        Thread client = Thread.startVirtualThread(() -> {
            try {
                open(AF_UNIX, SOCK_STREAM).connect(address);
            } catch (StackException failure) {
                throw new IllegalStateException(failure);
            }
        });

        assertEquals(POLLIN, poller.poll(listener, POLLIN, LONG));
        client.join();
        Files.delete(directory.resolve("s"));
        Files.delete(directory);
    }

    // Closing

    @Test
    void closeFreesThePortAtOnceAlthoughPollersKnowIt() throws StackException {
        Poller first = poller();
        Poller second = poller();
        SockaddrIn address = LOOPBACK;
        for (int i = 0; i < 50; i++) {
            Endpoint listener = stack.socket(AF_INET, SOCK_STREAM, 0);
            listener.bind(address);
            listener.listen(1);
            address = (SockaddrIn) listener.localAddress();
            assertEquals(0, first.poll(listener, POLLIN, 0));
            assertEquals(0, second.poll(listener, POLLIN, 1));
            listener.close();
        }
    }

    @Test
    void closeFreesThePortAtOnceAlthoughAnotherWaitIsUnderWay() throws Exception {
        Poller poller = poller();
        Endpoint idle = open(AF_INET, SOCK_STREAM);
        idle.bind(LOOPBACK);
        idle.listen(1);
        SockaddrIn address = LOOPBACK;
        for (int i = 0; i < 50; i++) {
            Endpoint listener = stack.socket(AF_INET, SOCK_STREAM, 0);
            listener.bind(address);
            listener.listen(1);
            address = (SockaddrIn) listener.localAddress();
            assertEquals(0, poller.poll(listener, POLLIN, 0));
            Thread waiting = Thread.ofPlatform().start(() -> poller.poll(idle, POLLIN, Poller.FOREVER));

            listener.close();

            Endpoint next = open(AF_INET, SOCK_STREAM);
            next.bind(address);
            close(next);
            poller.wake();
            waiting.join();
        }
    }

    @Test
    void noDescriptorIsLeftOfSocketsThatPollersKnew() throws StackException {
        Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(descriptors), "no list of descriptors");
        Poller one = poller();
        Poller other = poller();
        makeAndClose(10, one, other);
        int before = descriptors.toFile().list().length;

        makeAndClose(1_000, one, other);

        // Other tests' threads may have a few.
        int after = descriptors.toFile().list().length;
        assertTrue(after < before + 100, before + " and then " + after);
    }

    private void makeAndClose(int count, Poller one, Poller other) throws StackException {
        Endpoint listener = stack.socket(AF_INET, SOCK_STREAM, 0);
        listener.bind(LOOPBACK);
        listener.listen(10);
        for (int i = 0; i < count; i++) {
            Endpoint client = stack.socket(AF_INET, SOCK_STREAM, 0);
            client.connect(listener.localAddress());
            assertNotEquals(0, one.poll(client, POLLOUT, LONG));
            assertEquals(POLLIN, one.poll(listener, POLLIN, LONG));
            AcceptedHolder accepted = new AcceptedHolder();
            assertEquals(0, listener.accept(accepted));
            assertEquals(0, one.poll(client, POLLIN, 0));
            assertEquals(0, other.poll(client, POLLIN, 0));
            assertEquals(0, other.poll(accepted.endpoint(), POLLIN, 0));
            client.close();
            accepted.endpoint().close();
        }
        listener.close();
    }

    @Test
    void peerSeesTheCloseAtOnceAlthoughPollersKnowTheSocket() throws StackException {
        EndpointPair connection = connection();
        Poller poller = poller();
        assertEquals(0, poller.poll(connection.first(), POLLIN, 0));

        close(connection.first());

        assertNotEquals(0, poller.poll(connection.second(), POLLIN, LONG));
        assertEquals(0, connection.second().recv(new byte[1], 0, 1, 0));
    }

    // Interrupts

    @Test
    void interruptStatusClosesNoChannel() throws StackException {
        Thread.currentThread().interrupt();
        try {
            EndpointPair connection = connection();
            assertEquals(3, connection.first().send(new byte[3], 0, 3, 0));
            assertEquals(POLLIN, poller().poll(connection.second(), POLLIN, LONG));
            assertEquals(3, connection.second().recv(new byte[3], 0, 3, 0));
            Endpoint receiver = open(AF_INET, SOCK_DGRAM);
            receiver.bind(LOOPBACK);
            Endpoint sender = open(AF_INET, SOCK_DGRAM);
            assertEquals(0, sender.connect(receiver.localAddress()));
            assertEquals(3, sender.send(new byte[3], 0, 3, 0));
            assertEquals(0, sender.send(new byte[3], 0, 0, 0));
            assertEquals(POLLIN, poller().poll(receiver, POLLIN, LONG));
            assertEquals(3, receiver.recv(new byte[3], 0, 3, 0));
            assertTrue(Thread.currentThread().isInterrupted());
        } finally {
            Thread.interrupted();
        }
    }

    // What is lacking

    @Test
    void flagsThatAreNotKnownAreRefused() throws StackException {
        EndpointPair pair = connection();
        Endpoint datagrams = open(AF_INET, SOCK_DGRAM);
        for (int flag : new int[] {number("MSG_EOR"), number("MSG_MORE"), number("MSG_ERRQUEUE"), 1 << 30}) {
            boolean isEffectless = flag == number("MSG_CMSG_CLOEXEC");
            for (Endpoint endpoint : List.of(pair.first(), datagrams)) {
                int expected = isEffectless ? -Errno.EAGAIN : -Errno.EOPNOTSUPP;
                assertEquals(expected, endpoint.recv(new byte[1], 0, 1, flag), "flag " + flag);
                if (!isEffectless) {
                    assertEquals(expected, endpoint.send(new byte[1], 0, 1, flag), "flag " + flag);
                }
            }
        }
    }

    @Test
    void urgentByteIsSentAfterTheOthers() throws StackException {
        EndpointPair pair = connection();
        pair.second().setOption(SOL_SOCKET, number("SO_OOBINLINE"), 1);

        assertEquals(3, pair.first().send(new byte[] {1, 2, 3}, 0, 3, MSG_OOB));
        assertEquals(1, pair.first().send(new byte[] {9, 4}, 1, 1, MSG_OOB));
        assertEquals(0, pair.first().send(new byte[0], 0, 0, MSG_OOB));

        assertArrayEquals(new byte[] {1, 2, 3, 4}, received(pair.second(), 4));
    }

    @Test
    void urgentByteIsDroppedWhereItIsNotAskedFor() throws StackException {
        EndpointPair pair = connection();

        assertEquals(2, pair.first().send(new byte[] {1, 2}, 0, 2, MSG_OOB));
        assertEquals(1, pair.first().send(new byte[] {3}, 0, 1, 0));

        assertArrayEquals(new byte[] {1, 3}, received(pair.second(), 2));
        assertEquals(0, pair.second().getOption(SOL_SOCKET, number("SO_OOBINLINE")));
    }

    private byte[] received(Endpoint endpoint, int count) throws StackException {
        byte[] into = new byte[count];
        for (int done = 0; done < count;) {
            assertNotEquals(0, poller().poll(endpoint, POLLIN, LONG));
            int received = endpoint.recv(into, done, count - done, 0);
            assertTrue(received > 0, () -> "received " + received);
            done += received;
        }
        return into;
    }

    @Test
    void urgentDataOfOtherSocketsIsRefused() throws StackException {
        EndpointPair pair = connection();

        assertEquals(-Errno.EOPNOTSUPP, pair.first().recv(new byte[1], 0, 1, MSG_OOB));
        assertEquals(-Errno.EOPNOTSUPP, open(AF_INET, SOCK_DGRAM).send(new byte[1], 0, 1, MSG_OOB));
        assertEquals(-Errno.EOPNOTSUPP, open(AF_UNIX, SOCK_STREAM).send(new byte[1], 0, 1, MSG_OOB));
        assertEquals(-Errno.EPIPE, open(AF_INET, SOCK_STREAM).send(new byte[1], 0, 1, MSG_OOB));
    }

    /** As on Linux, where it goes on while there is room. */
    @Test
    void urgentDataForWhichThereIsNoRoomIsNotSent() throws StackException {
        EndpointPair pair = connection();
        byte[] much = new byte[1 << 20];
        while (pair.first().send(much, 0, much.length, 0) > 0) {
            // Until the peer's buffers and ours are full.
        }

        assertEquals(-Errno.EAGAIN, pair.first().send(much, 0, 1, MSG_OOB));
        assertEquals(-Errno.EAGAIN, pair.first().send(much, 0, 2, MSG_OOB));
    }

    @Test
    void ancillaryDataIsRefused() throws StackException {
        ControlMessage rights = new ControlMessage(SOL_SOCKET, number("SCM_RIGHTS"), new byte[4]);
        for (Endpoint endpoint : List.of(connection().first(), open(AF_INET, SOCK_DGRAM))) {
            assertEquals(-Errno.EOPNOTSUPP, endpoint.ability(MessageEndpoint.class)
                    .sendMessage(new OutgoingMessage(new byte[1], 0, 1, List.of(rights), null), 0));
        }
    }

    @Test
    void socketsThatJavaHasNotAreRefused() {
        assertFails(Errno.ESOCKTNOSUPPORT, () -> open(AF_INET, number("SOCK_RAW")));
        assertFails(Errno.ESOCKTNOSUPPORT, () -> open(AF_UNIX, SOCK_DGRAM));
        assertFails(Errno.ESOCKTNOSUPPORT, () -> open(AF_UNIX, SOCK_SEQPACKET));
        assertFails(Errno.EAFNOSUPPORT, () -> open(number("AF_NETLINK"), SOCK_DGRAM));
        assertFails(Errno.EPROTONOSUPPORT, () -> stack.socket(AF_INET, SOCK_STREAM, number("IPPROTO_UDP")));
        assertFails(Errno.EINVAL, () -> stack.socket(AF_INET, 99, 0));
        assertFails(Errno.EINVAL, () -> stack.socket(AF_INET, -1, 0));
    }

    @Test
    void socketOfIpv6OnlyCannotHaveAnyAddress() throws StackException {
        Endpoint socket = open(AF_INET6, SOCK_STREAM);
        int level = number("IPPROTO_IPV6");
        int only = number("IPV6_V6ONLY");
        assertEquals(0, socket.getOption(level, only));
        socket.setOption(level, only, 1);
        assertEquals(1, socket.getOption(level, only));

        assertFails(Errno.EADDRNOTAVAIL, () -> socket.bind(new SockaddrIn6(0, 0, 0, 0, 0)));
        assertFails(Errno.EADDRNOTAVAIL, () -> socket.listen(1));
        assertEquals(-Errno.ENETUNREACH, socket.connect(new SockaddrIn6(0, 0xffff_7f00_0001L, 1, 0, 0)));

        socket.bind(new SockaddrIn6(0, 1, 0, 0, 0));
        socket.listen(1);
        assertFails(Errno.EINVAL, () -> socket.setOption(level, only, 0));
    }

    // Reading ahead

    @Test
    void largePeekSeesAllThatIsThere() throws StackException {
        EndpointPair pair = stack.socketpair(AF_UNIX, SOCK_STREAM, 0);
        endpoints.add(pair.first());
        endpoints.add(pair.second());
        byte[] data = new byte[100_000];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) i;
        }
        assertEquals(data.length, pair.first().send(data, 0, data.length, 0));
        byte[] into = new byte[200_000];

        assertEquals(data.length, pair.second().recv(into, 0, into.length, MSG_PEEK));
        assertArrayEquals(data, java.util.Arrays.copyOf(into, data.length));
        assertEquals(POLLIN, poller().poll(pair.second(), POLLIN, 0));
        assertEquals(70_000, pair.second().recv(into, 0, 70_000, 0));
        assertEquals(1, pair.first().send(data, 5, 1, 0));
        assertEquals(30_001, pair.second().recv(into, 70_000, into.length - 70_000, 0));
        assertArrayEquals(data, java.util.Arrays.copyOf(into, data.length));
        assertEquals(5, into[100_000]);
        assertEquals(-Errno.EAGAIN, pair.second().recv(into, 0, 1, 0));
        assertEquals(0, poller().poll(pair.second(), POLLIN, 0));
    }

    // Pairs

    @Test
    void pairLeavesNoFiles() throws StackException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        List<String> before = names(temporary);

        for (int i = 0; i < 10; i++) {
            EndpointPair pair = stack.socketpair(AF_UNIX, SOCK_STREAM, 0);
            endpoints.add(pair.first());
            endpoints.add(pair.second());
        }

        assertEquals(before, names(temporary));
    }

    private static List<String> names(Path directory) {
        return java.util.Arrays.stream(directory.toFile().list()).filter(name -> name.startsWith("pysockets")).toList();
    }

    @Test
    void pairWithoutUnixSocketsLooksTheSame() throws StackException {
        EndpointPair pair = Pairs.openByTcp(SOCK_STREAM, 0);
        endpoints.add(pair.first());

        assertEquals(new SockaddrUn(new byte[0]), pair.first().localAddress());
        assertEquals(new SockaddrUn(new byte[0]), pair.second().peerAddress());
        assertEquals(AF_UNIX, pair.first().getOption(SOL_SOCKET, number("SO_DOMAIN")));
        assertEquals(2, pair.second().send(new byte[2], 0, 2, 0));
        assertEquals(POLLIN, poller().poll(pair.first(), POLLIN, LONG));
        assertEquals(2, pair.first().recv(new byte[9], 0, 9, 0));
        pair.second().close();
        assertEquals(number("POLLHUP"), poller().poll(pair.first(), 0, LONG));
    }

    @Test
    void pairIsMadeWithNoStranger() throws IOException {
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.INET)) {
            listener.bind(new InetSocketAddress("127.0.0.1", 0), 5);
            try (SocketChannel stranger = SocketChannel.open(listener.getLocalAddress());
                    SocketChannel own = SocketChannel.open(listener.getLocalAddress());
                    SocketChannel accepted = Pairs.acceptFrom(listener, own)) {
                assertEquals(own.getLocalAddress(), accepted.getRemoteAddress());
                assertEquals(-1, stranger.read(java.nio.ByteBuffer.allocate(1)));
                assertFalse(accepted.getRemoteAddress().equals(stranger.getLocalAddress()));
            }
        }
    }

    // Multicast

    @Test
    void groupIsJoinedAndLeft() throws StackException {
        Endpoint receiver = open(AF_INET, SOCK_DGRAM);
        receiver.bind(new SockaddrIn(0, 0));
        Endpoint sender = open(AF_INET, SOCK_DGRAM);
        byte[] loopback = {127, 0, 0, 1};
        byte[] group = {(byte) 224, 0, 0, (byte) 251, 127, 0, 0, 1};
        int join = number("IP_ADD_MEMBERSHIP");
        sender.setOption(0, number("IP_MULTICAST_IF"), loopback);
        receiver.setOption(0, join, group);
        int port = ((SockaddrIn) receiver.localAddress()).port();
        SockaddrIn to = new SockaddrIn(0xe000_00fb, port);

        assertFails(Errno.EADDRINUSE, () -> receiver.setOption(0, join, group));
        assertEquals(1, sender.sendTo(new byte[1], 0, 1, 0, to));
        assertEquals(POLLIN, poller().poll(receiver, POLLIN, LONG));
        assertEquals(1, receiver.recv(new byte[9], 0, 9, 0));

        receiver.setOption(0, number("IP_DROP_MEMBERSHIP"), group);
        assertFails(Errno.EADDRNOTAVAIL, () -> receiver.setOption(0, number("IP_DROP_MEMBERSHIP"), group));
        byte[] chosen = new byte[4];
        assertEquals(4, sender.getOption(0, number("IP_MULTICAST_IF"), chosen));
        assertArrayEquals(loopback, chosen);
    }

    @Test
    void groupThatIsNoneIsRefused() throws StackException {
        Endpoint receiver = open(AF_INET, SOCK_DGRAM);
        Endpoint stream = open(AF_INET, SOCK_STREAM);
        int join = number("IP_ADD_MEMBERSHIP");

        assertFails(Errno.EINVAL, () -> receiver.setOption(0, join, new byte[] {127, 0, 0, 1, 127, 0, 0, 1}));
        assertFails(Errno.EINVAL, () -> receiver.setOption(0, join, new byte[7]));
        assertFails(
                Errno.ENODEV,
                () -> receiver.setOption(0, join, new byte[] {(byte) 224, 0, 0, 5, (byte) 192, 0, 2, 1}));
        assertFails(Errno.ENOPROTOOPT, () -> stream.setOption(0, join, new byte[8]));
    }
}
