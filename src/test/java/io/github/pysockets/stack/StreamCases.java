package io.github.pysockets.stack;

import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLOUT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.abi.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stream sockets on the loopback address, from bind to the end of the stream. */
abstract class StreamCases extends StackCase {
    @ParameterizedTest
    @EnumSource
    void bindToPortZeroChoosesAPort(Loopback loopback) throws StackException {
        SocketAddress local = listener(loopback).localAddress();

        int port = loopback.port(local);
        assertTrue(port > 0);
        assertEquals(loopback.address(port), local);
    }

    @ParameterizedTest
    @EnumSource
    void connectAndAcceptTellEachOthersAddress(Loopback loopback) throws StackException {
        Endpoint listener = listener(loopback);
        Endpoint client = open(loopback.family(stack()), "SOCK_STREAM");
        AcceptedHolder accepted = new AcceptedHolder();

        finishConnect(client, client.connect(listener.localAddress()));
        await(listener, POLLIN);
        Endpoint server = accept(listener, accepted);

        assertEquals(client.localAddress(), accepted.peer());
        assertEquals(client.localAddress(), server.peerAddress());
        assertEquals(listener.localAddress(), client.peerAddress());
        assertEquals(listener.localAddress(), server.localAddress());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void acceptDoesNotWaitForAConnection(boolean nonBlocking) throws StackException {
        Endpoint listener = listener(Loopback.IPV4);
        listener.setNonBlocking(nonBlocking);

        assertEquals(-Errno.EAGAIN, listener.accept(new AcceptedHolder()));

        assertEquals(nonBlocking, listener.isNonBlocking());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void connectLeavesTheModeAsItWas(boolean nonBlocking) throws StackException {
        Endpoint client = open(number("AF_INET"), "SOCK_STREAM");
        client.setNonBlocking(nonBlocking);

        finishConnect(client, client.connect(listener(Loopback.IPV4).localAddress()));

        assertEquals(nonBlocking, client.isNonBlocking());
    }

    @ParameterizedTest
    @EnumSource
    void connectToAPortThatNobodyListensOnIsRefused(Loopback loopback) throws StackException {
        Endpoint silent = open(loopback.family(stack()), "SOCK_STREAM");
        silent.bind(loopback.address(0));
        Endpoint client = open(loopback.family(stack()), "SOCK_STREAM");

        int result = client.connect(silent.localAddress());
        if (result == -Errno.EINPROGRESS) {
            await(client, POLLOUT);
            result = -client.getOption(number("SOL_SOCKET"), number("SO_ERROR"));
        }

        assertEquals(-Errno.ECONNREFUSED, result);
    }

    @Test
    void connectOfAConnectedSocketFails() throws StackException {
        Endpoint listener = listener(Loopback.IPV4);
        Endpoint client = connection(listener, Loopback.IPV4).first();
        // The first call after the connection is there may be the one that says so.
        client.connect(listener.localAddress());

        assertEquals(-Errno.EISCONN, client.connect(listener.localAddress()));
    }

    @Test
    void sendAndRecvTouchOnlyTheirPartOfTheArray() throws StackException {
        EndpointPair ends = connection(Loopback.IPV4);
        byte[] into = bytes("..........");

        assertEquals(3, ends.first().send(bytes("abcdef"), 2, 3, 0));
        await(ends.second(), POLLIN);
        assertEquals(3, ends.second().recv(into, 4, 5, 0));

        assertArrayEquals(bytes("....cde..."), into);
    }

    @Test
    void recvOfLessLeavesTheRest() throws StackException {
        EndpointPair ends = connection(Loopback.IPV4);
        send(ends.first(), "abcdef");
        await(ends.second(), POLLIN);
        byte[] into = new byte[4];

        assertEquals(4, ends.second().recv(into, 0, 4, 0));

        assertEquals("ef", receive(ends.second()));
    }

    @Test
    void peekLeavesTheData() throws StackException {
        EndpointPair ends = connection(Loopback.IPV4);
        send(ends.first(), "abc");
        await(ends.second(), POLLIN);
        byte[] into = new byte[3];

        assertEquals(3, ends.second().recv(into, 0, 3, number("MSG_PEEK")));

        assertArrayEquals(bytes("abc"), into);
        assertEquals("abc", receive(ends.second()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void recvDoesNotWaitForData(boolean nonBlocking) throws StackException {
        Endpoint client = connection(Loopback.IPV4).first();
        client.setNonBlocking(nonBlocking);
        byte[] into = new byte[1];

        assertEquals(-Errno.EAGAIN, client.recv(into, 0, 1, 0));
        assertEquals(-Errno.EAGAIN, client.recvFrom(into, 0, 1, 0, new AddressHolder()));
        assertEquals(-Errno.EAGAIN, messages(client).receiveMessage(new IncomingMessage(into, 0, 1, 0), 0));
    }

    @Test
    void recvDoesNotWaitForAllOfIt() throws StackException {
        EndpointPair ends = connection(Loopback.IPV4);
        send(ends.first(), "ab");
        await(ends.second(), POLLIN);

        assertEquals(2, ends.second().recv(new byte[9], 0, 9, number("MSG_WAITALL")));
    }

    @Test
    void recvFromOfAStreamGivesNoAddress() throws StackException {
        EndpointPair ends = connection(Loopback.IPV4);
        send(ends.first(), "ab");
        await(ends.second(), POLLIN);
        AddressHolder from = new AddressHolder();
        from.set(Loopback.IPV4.address(1));

        assertEquals(2, ends.second().recvFrom(new byte[9], 0, 9, 0, from));

        assertNull(from.get());
    }

    @Test
    void recvGivesZeroAtTheEndOfTheStream() throws StackException {
        EndpointPair ends = connection(Loopback.IPV4);
        send(ends.first(), "last");
        ends.first().shutdown(number("SHUT_WR"));

        assertEquals("last", receive(ends.second()));
        assertEquals("", receive(ends.second()));
        send(ends.second(), "still open this way");
        assertEquals("still open this way", receive(ends.first()));
    }

    @Test
    void sendAfterShutdownFailsWithoutASignal() throws StackException {
        Endpoint client = connection(Loopback.IPV4).first();
        client.shutdown(number("SHUT_WR"));

        assertEquals(-EPIPE, client.send(new byte[1], 0, 1, 0));
    }

    @Test
    void callsThatNeedAConnectionFailWithoutOne() throws StackException {
        Endpoint lonely = open(number("AF_INET"), "SOCK_STREAM");

        assertFails(Errno.ENOTCONN, lonely::peerAddress);
        assertEquals(-Errno.ENOTCONN, lonely.recv(new byte[1], 0, 1, 0));
        assertEquals(-Errno.EINVAL, lonely.accept(new AcceptedHolder()));
        assertFails(Errno.ENOTCONN, () -> lonely.shutdown(number("SHUT_RDWR")));
    }

    @Test
    void bindOfAPortInUseFails() throws StackException {
        SocketAddress taken = listener(Loopback.IPV4).localAddress();
        Endpoint second = open(number("AF_INET"), "SOCK_STREAM");

        assertFails(EADDRINUSE, () -> second.bind(taken));
    }

    @Test
    void bindOfABoundSocketFails() throws StackException {
        Endpoint listener = listener(Loopback.IPV4);

        assertFails(Errno.EINVAL, () -> listener.bind(Loopback.IPV4.address(0)));
    }

    @Test
    void addressesOfAnotherFamilyAreRefused() throws StackException {
        Endpoint inet = open(number("AF_INET"), "SOCK_STREAM");
        SocketAddress unix = new SockaddrUn(bytes("/a/path/that/is/nowhere"));

        assertFails(Errno.EAFNOSUPPORT, () -> inet.bind(unix));
        assertEquals(-Errno.EAFNOSUPPORT, inet.connect(unix));
    }
}
