package io.github.pysockets.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.function.Executable;

/**
 * What the cases of {@link StackContract} share: endpoints that are closed after each test, and bounded waits for them.
 */
@Timeout(value = 30, threadMode = ThreadMode.SEPARATE_THREAD)
abstract class StackCase {
    static final int ENXIO = 6;
    static final int EFAULT = 14;
    static final int EPIPE = 32;
    static final int EDESTADDRREQ = 89;
    static final int ENOPROTOOPT = 92;
    static final int EADDRINUSE = 98;
    static final int POLLIN = 1;
    static final int POLLOUT = 4;
    static final int POLLHUP = 16;
    static final int POLLNVAL = 32;

    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(10);

    private final List<Endpoint> endpoints = new ArrayList<>();
    private Poller poller;

    abstract SocketStack stack();

    @AfterEach
    void closeAll() throws StackException {
        for (Endpoint endpoint : endpoints) {
            endpoint.close();
        }
        if (poller != null) {
            poller.close();
        }
    }

    /** A constant of the stack. */
    final int number(String name) {
        return stack().constants().get(name).intValue();
    }

    final Endpoint open(int family, String type) throws StackException {
        return owned(stack().socket(family, number(type), 0));
    }

    final EndpointPair pair(String type) throws StackException {
        EndpointPair pair = stack().socketpair(number("AF_UNIX"), number(type), 0);
        owned(pair.first());
        owned(pair.second());
        return pair;
    }

    final Endpoint owned(Endpoint endpoint) {
        endpoints.add(endpoint);
        return endpoint;
    }

    /** An endpoint for a descriptor that accept gave. */
    final Endpoint owned(int descriptor) {
        assertTrue(descriptor >= 0, () -> "a descriptor, not " + descriptor);
        return owned(stack().endpoint(descriptor));
    }

    final void close(Endpoint endpoint) throws StackException {
        endpoints.remove(endpoint);
        endpoint.close();
    }

    final Poller poller() throws StackException {
        if (poller == null) {
            poller = stack().newPoller();
        }
        return poller;
    }

    /** Waits until one of the events is there. */
    final void await(Endpoint endpoint, int events) throws StackException {
        int ready = poller().poll(endpoint.descriptor(), events, LONGEST_WAIT);
        assertTrue(ready > 0, () -> "ready in time, not " + ready);
    }

    /** A listening stream socket on a loopback address. */
    final Endpoint listener(Loopback loopback) throws StackException {
        Endpoint listener = owned(stack().socket(loopback.family(stack()), number("SOCK_STREAM"), 0));
        listener.bind(loopback.address(0));
        listener.listen(8);
        return listener;
    }

    /** Connects a new stream socket to a listener, to the end. */
    final EndpointPair connection(Endpoint listener, Loopback loopback) throws StackException {
        Endpoint client = open(loopback.family(stack()), "SOCK_STREAM");
        finishConnect(client, client.connect(listener.localAddress()));
        await(listener, POLLIN);
        return new EndpointPair(client, owned(listener.accept(new AddressHolder())));
    }

    final EndpointPair connection(Loopback loopback) throws StackException {
        return connection(listener(loopback), loopback);
    }

    final void finishConnect(Endpoint client, int result) throws StackException {
        if (result != 0) {
            assertEquals(-Errno.EINPROGRESS, result);
            await(client, POLLOUT);
            assertEquals(0, client.getOption(number("SOL_SOCKET"), number("SO_ERROR")));
        }
    }

    /** Sends all of the text, which the socket must have room for. */
    static void send(Endpoint from, String text) {
        byte[] bytes = bytes(text);
        assertEquals(bytes.length, from.send(bytes, 0, bytes.length, 0));
    }

    /** Receives once, as soon as there is something. */
    final String receive(Endpoint from) throws StackException {
        await(from, POLLIN);
        byte[] into = new byte[100];
        int count = from.recv(into, 0, into.length, 0);
        assertTrue(count >= 0, () -> "bytes, not " + count);
        return text(into, 0, count);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static String text(byte[] bytes, int at, int count) {
        return new String(bytes, at, count, StandardCharsets.ISO_8859_1);
    }

    static void assertFails(int errno, Executable call) {
        assertEquals(errno, assertThrows(StackException.class, call).errno());
    }
}
