package io.github.pysockets.stack;

import static io.github.pysockets.abi.PollEvents.POLLOUT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.abi.Errno;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sockets of AF_UNIX: pairs, and the three kinds of their addresses. */
abstract class UnixCases extends StackCase {
    private static final SockaddrUn UNNAMED = new SockaddrUn(new byte[0]);
    private static final int LONGEST_PATH = 108;

    @ParameterizedTest
    @ValueSource(strings = {"SOCK_STREAM", "SOCK_DGRAM", "SOCK_SEQPACKET"})
    void pairIsConnectedBothWays(String type) throws StackException {
        EndpointPair pair = pair(type);
        send(pair.first(), "there");
        send(pair.second(), "back");

        assertEquals("there", receive(pair.second()));
        assertEquals("back", receive(pair.first()));
    }

    @Test
    void pairHasNoNames() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");

        assertEquals(UNNAMED, pair.first().localAddress());
        assertEquals(UNNAMED, pair.first().peerAddress());
    }

    @Test
    void closeOfOneEndEndsTheOther() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        close(pair.second());

        assertEquals("", receive(pair.first()));
        assertEquals(-EPIPE, pair.first().send(new byte[1], 0, 1, 0));
    }

    @Test
    void sendDoesNotWaitForRoom() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        byte[] data = new byte[1 << 14];

        long sent = 0;
        for (int count; (count = pair.first().send(data, 0, data.length, 0)) != -Errno.EAGAIN;) {
            assertTrue(count > 0);
            sent += count;
        }
        assertEquals(0, poller().poll(pair.first(), POLLOUT, 0));
        assertEquals(-Errno.EAGAIN,
                messages(pair.first()).sendMessage(new OutgoingMessage(data, 0, 1, List.of(), null), 0));

        while (sent > 0) {
            int count = pair.second().recv(data, 0, data.length, 0);
            assertTrue(count > 0);
            sent -= count;
        }
        assertEquals(POLLOUT, poller().poll(pair.first(), POLLOUT, 0));
        assertEquals(1, pair.first().send(data, 0, 1, 0));
    }

    @Test
    void fileNameIsTheAddress(@TempDir Path directory) throws StackException {
        Path file = directory.resolve("socket");
        SockaddrUn address = new SockaddrUn(bytes(file.toString()));
        Endpoint listener = open(number("AF_UNIX"), "SOCK_STREAM");
        listener.bind(address);
        listener.listen(1);
        Endpoint client = open(number("AF_UNIX"), "SOCK_STREAM");
        AcceptedHolder accepted = new AcceptedHolder();

        assertEquals(0, client.connect(address));
        Endpoint server = accept(listener, accepted);

        assertEquals(contract().pathsAreFiles(), Files.exists(file));
        assertEquals(address, listener.localAddress());
        assertEquals(address, client.peerAddress());
        assertEquals(UNNAMED, accepted.peer());
        send(client, "hello");
        assertEquals("hello", receive(server));
    }

    @Test
    void connectDoesNotWaitForRoomInTheBacklog(@TempDir Path directory) throws StackException {
        Endpoint listener = open(number("AF_UNIX"), "SOCK_STREAM");
        listener.bind(new SockaddrUn(bytes(directory.resolve("socket").toString())));
        listener.listen(0);
        SocketAddress address = listener.localAddress();
        assertEquals(0, open(number("AF_UNIX"), "SOCK_STREAM").connect(address));
        // Some stacks have room for one more.
        Endpoint late = open(number("AF_UNIX"), "SOCK_STREAM");
        if (late.connect(address) == 0) {
            late = open(number("AF_UNIX"), "SOCK_STREAM");
        }

        assertEquals(-Errno.EAGAIN, late.connect(address));
        assertEquals(-Errno.EAGAIN, late.connect(address));

        accept(listener);
        assertEquals(0, late.connect(address));
    }

    @Test
    void longestFileNameKeepsAllItsBytes(@TempDir Path directory) throws StackException {
        needs(Lack.LONGEST_FILE_NAMES);
        String prefix = directory + "/";
        byte[] path = bytes(prefix + "x".repeat(LONGEST_PATH - prefix.getBytes(StandardCharsets.UTF_8).length));
        Endpoint listener = open(number("AF_UNIX"), "SOCK_STREAM");

        listener.bind(new SockaddrUn(path));

        assertArrayEquals(path, ((SockaddrUn) listener.localAddress()).path());
    }

    @Test
    void fileNameThatIsTooLongIsRefused() throws StackException {
        SockaddrUn tooLong = new SockaddrUn(new byte[LONGEST_PATH + 1]);
        Endpoint endpoint = open(number("AF_UNIX"), "SOCK_STREAM");

        assertFails(Errno.EINVAL, () -> endpoint.bind(tooLong));
        assertEquals(-Errno.EINVAL, endpoint.connect(tooLong));
    }

    @Test
    void datagramToAFileNameThatIsTooLongIsRefused() throws StackException {
        needs(Lack.UNIX_DATAGRAMS);
        Endpoint endpoint = open(number("AF_UNIX"), "SOCK_DGRAM");

        assertEquals(
                -Errno.EINVAL, endpoint.sendTo(new byte[1], 0, 1, 0, new SockaddrUn(new byte[LONGEST_PATH + 1])));
    }

    @Test
    void abstractNameKeepsAllItsBytes() throws StackException {
        needs(Lack.UNIX_DATAGRAMS);
        needs(Lack.ABSTRACT_NAMES);
        Endpoint named = open(number("AF_UNIX"), "SOCK_DGRAM");
        SockaddrUn address = new SockaddrUn(bytes("\0pysockets \0 " + ProcessHandle.current().pid() + "\0"));
        named.bind(address);
        Endpoint sender = open(number("AF_UNIX"), "SOCK_DGRAM");
        sender.bind(UNNAMED);
        AddressHolder from = new AddressHolder();

        assertEquals(2, sender.sendTo(bytes("hi"), 0, 2, 0, named.localAddress()));
        assertEquals(2, named.recvFrom(new byte[2], 0, 2, 0, from));

        assertEquals(address, named.localAddress());
        SockaddrUn chosen = (SockaddrUn) from.get();
        assertEquals(chosen, sender.localAddress());
        assertEquals(0, chosen.path()[0], "a socket bound to no name gets an abstract one");
    }

    @Test
    void datagramOfAnUnboundSocketHasNoSender() throws StackException {
        needs(Lack.UNIX_DATAGRAMS);
        needs(Lack.ABSTRACT_NAMES);
        Endpoint named = open(number("AF_UNIX"), "SOCK_DGRAM");
        named.bind(UNNAMED);
        Endpoint sender = open(number("AF_UNIX"), "SOCK_DGRAM");
        AddressHolder from = new AddressHolder();
        from.set(UNNAMED);

        assertEquals(2, sender.sendTo(bytes("hi"), 0, 2, 0, named.localAddress()));
        assertEquals(2, named.recvFrom(new byte[2], 0, 2, 0, from));

        assertNull(from.get());
    }
}
