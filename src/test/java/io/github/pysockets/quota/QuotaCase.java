package io.github.pysockets.quota;

import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLOUT;
import static io.github.pysockets.abi.SocketTypes.SOCK_DGRAM;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.stack.FailureText;
import io.github.pysockets.stack.PacedEndpoint;
import io.github.pysockets.stack.Poller;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.function.Executable;

/** What the tests of a limited stack share: a clock that they move, real sockets, and peers that have no limits. */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
abstract class QuotaCase {
    static final int LOOPBACK = 0x7f000001;
    static final long FAR = TimeUnit.SECONDS.toNanos(10);
    static final SocketStack FREE = LinuxStack.open();

    final FakeClock clock = new FakeClock();
    private final List<Endpoint> endpoints = new ArrayList<>();
    private Poller poller;

    /** A stack with limits, on the clock of the test. */
    final SocketStack limited(Quota.Builder limits) {
        return new QuotaStack(FREE, limits.clock(clock).build());
    }

    final Endpoint owned(Endpoint endpoint) {
        endpoints.add(endpoint);
        return endpoint;
    }

    final void close(Endpoint endpoint) throws StackException {
        endpoints.remove(endpoint);
        endpoint.close();
    }

    final Endpoint listener(SocketStack stack) throws StackException {
        Endpoint listener = owned(stack.socket(AF_INET, SOCK_STREAM, 0));
        listener.bind(new SockaddrIn(LOOPBACK, 0));
        listener.listen(50);
        return listener;
    }

    /** A connection over TCP. The first end has limits, the second none. */
    final EndpointPair connection(SocketStack stack) throws StackException {
        Endpoint listener = listener(FREE);
        Endpoint client = owned(stack.socket(AF_INET, SOCK_STREAM, 0));
        int result = client.connect(listener.localAddress());
        assertTrue(result == 0 || result == -Errno.EINPROGRESS, () -> "connects, not " + result);
        return new EndpointPair(client, accept(listener));
    }

    /** Waits for a connection and accepts it. */
    final Endpoint accept(Endpoint listener) throws StackException {
        await(listener, POLLIN);
        AcceptedHolder accepted = new AcceptedHolder();
        assertEquals(0, listener.accept(accepted));
        return owned(accepted.endpoint());
    }

    /** Two sockets of UDP that send to each other. The first has limits, the second none. */
    final EndpointPair datagrams(SocketStack stack) throws StackException {
        Endpoint first = owned(stack.socket(AF_INET, SOCK_DGRAM, 0));
        Endpoint second = owned(FREE.socket(AF_INET, SOCK_DGRAM, 0));
        first.bind(new SockaddrIn(LOOPBACK, 0));
        second.bind(new SockaddrIn(LOOPBACK, 0));
        assertEquals(0, first.connect(second.localAddress()));
        assertEquals(0, second.connect(first.localAddress()));
        return new EndpointPair(first, second);
    }

    final Poller poller(SocketStack stack) throws StackException {
        if (poller == null) {
            poller = stack.newPoller();
        }
        return poller;
    }

    /** Waits with a poller that knows no limits. */
    static void await(Endpoint endpoint, int events) throws StackException {
        try (Poller free = FREE.newPoller()) {
            int ready = free.poll(endpoint, events, FAR);
            assertTrue(ready > 0, () -> "ready, not " + ready);
        }
    }

    static int send(Endpoint from, int count) {
        return from.send(new byte[count], 0, count, 0);
    }

    static int receive(Endpoint from, int count) {
        return from.recv(new byte[count], 0, count, 0);
    }

    /** Sends some bytes, and waits until the peer has them. */
    static void deliver(Endpoint from, Endpoint to, int count) throws StackException {
        assertEquals(count, send(from, count));
        await(to, POLLIN);
    }

    /** Connects, waiting with a poller that knows no limits. */
    static void finish(Endpoint client, int result) throws StackException {
        if (result != 0) {
            assertEquals(-Errno.EINPROGRESS, result);
            await(client, POLLOUT);
        }
    }

    static long heldBack(Endpoint endpoint) {
        return endpoint.ability(PacedEndpoint.class).heldBack();
    }

    static void assertRefused(int errno, String text, int result) {
        assertEquals(-errno, result);
        assertEquals(text, FailureText.take(errno));
    }

    static void assertRefused(int errno, String text, Executable call) {
        assertEquals(errno, assertThrows(StackException.class, call).errno());
        assertEquals(text, FailureText.take(errno));
    }

    @AfterEach
    void closeAll() throws StackException {
        for (Endpoint endpoint : endpoints) {
            endpoint.close();
        }
        if (poller != null) {
            poller.close();
        }
    }
}
