package io.github.pysockets.stack;

import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLOUT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.pysockets.abi.Errno;
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
    static final int EFAULT = 14;
    static final int EPIPE = 32;
    static final int EDESTADDRREQ = 89;
    static final int ENOPROTOOPT = 92;
    static final int EADDRINUSE = 98;

    private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(10);

    private final List<Endpoint> endpoints = new ArrayList<>();
    private Poller poller;

    abstract StackContract contract();

    final SocketStack stack() {
        return contract().stack();
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

    /** Skips the case where the stack cannot do this. */
    final void needs(Lack lack) {
        assumeTrue(!contract().lacks().contains(lack), () -> "lacks " + lack);
    }

    /** A constant of the stack. A case that needs one that the stack lacks is skipped. */
    final int number(String name) {
        assumeTrue(!contract().absentConstants().contains(name), () -> "no " + name);
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

    /** Takes the connection that is there. */
    final Endpoint accept(Endpoint listener, AcceptedHolder accepted) {
        assertEquals(0, listener.accept(accepted));
        return owned(accepted.endpoint());
    }

    final Endpoint accept(Endpoint listener) {
        return accept(listener, new AcceptedHolder());
    }

    // Abilities. A case that needs one that the stack lacks is skipped, and says which.

    final DescriptorStack descriptors() {
        return needed(stack(), DescriptorStack.class);
    }

    final EpollStack epolls() {
        return needed(stack(), EpollStack.class);
    }

    static MessageEndpoint messages(Endpoint endpoint) {
        return needed(endpoint, MessageEndpoint.class);
    }

    static FileEndpoint file(Endpoint endpoint) {
        return needed(endpoint, FileEndpoint.class);
    }

    static DescriptorEndpoint asDescriptor(Endpoint endpoint) {
        return needed(endpoint, DescriptorEndpoint.class);
    }

    static ControlEndpoint control(Endpoint endpoint) {
        return needed(endpoint, ControlEndpoint.class);
    }

    private static <A> A needed(HasAbilities owner, Class<A> type) {
        A offered = owner.ability(type);
        assumeTrue(offered != null, () -> "no " + type.getSimpleName());
        return offered;
    }

    final void close(Endpoint endpoint) throws StackException {
        endpoints.remove(endpoint);
        endpoint.close();
    }

    /** The time that the stack's waits are measured by. */
    final long nanoTime() {
        return StackClock.of(stack()).nanoTime();
    }

    final Poller poller() throws StackException {
        if (poller == null) {
            poller = stack().newPoller();
        }
        return poller;
    }

    /** Waits until one of the events is there. */
    final void await(Endpoint endpoint, int events) throws StackException {
        int ready = poller().poll(endpoint, events, LONGEST_WAIT);
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
        return new EndpointPair(client, accept(listener));
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
