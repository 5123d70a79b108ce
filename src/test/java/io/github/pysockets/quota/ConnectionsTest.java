package io.github.pysockets.quota;

import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.MessageFlags.MSG_FASTOPEN;
import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLOUT;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_ERROR;
import static io.github.pysockets.abi.SocketTypes.SOCK_DGRAM;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.Epoll;
import io.github.pysockets.stack.EpollStack;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that are begun and accepted: how many each second, and how many in all. */
final class ConnectionsTest extends QuotaCase {
    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(1);

    private final SocketStack slow = limited(Quota.builder().connectionsPerSecond(2));
    private Endpoint listener;
    private SocketAddress address;

    @BeforeEach
    void listen() throws StackException {
        listener = listener(FREE);
        address = listener.localAddress();
    }

    private Endpoint socket(SocketStack stack) throws StackException {
        return owned(stack.socket(AF_INET, SOCK_STREAM, 0));
    }

    private void connect(SocketStack stack) throws StackException {
        Endpoint client = socket(stack);
        finish(client, client.connect(address));
    }

    private static int error(Endpoint endpoint) throws StackException {
        return endpoint.getOption(SOL_SOCKET, SO_ERROR);
    }

    /** An attempt that is too early. */
    private Endpoint early() throws StackException {
        connect(slow);
        connect(slow);
        Endpoint client = socket(slow);
        assertEquals(-Errno.EINPROGRESS, client.connect(address));
        return client;
    }

    private void acceptAll(int count) throws StackException {
        for (int i = 0; i < count; i++) {
            accept(listener);
        }
    }

    private boolean isAsked() throws StackException {
        try (var free = FREE.newPoller()) {
            return free.poll(listener, POLLIN, 0) != 0;
        }
    }

    @Test
    void attemptThatIsTooEarlyIsInProgressUntilItsTimeHasCome() throws StackException {
        Endpoint client = early();
        acceptAll(2);
        assertEquals(0, poller(slow).poll(client, POLLOUT, 0));
        assertEquals(0, poller(slow).poll(client, POLLOUT, SHORT));
        assertEquals(-Errno.EALREADY, client.connect(address));
        assertEquals(-Errno.EAGAIN, send(client, 1));
        assertEquals(-Errno.EAGAIN, receive(client, 1));
        assertEquals(0, error(client));
        clock.passMillis(499);
        assertEquals(0, poller(slow).poll(client, POLLOUT, 0));
        assertEquals(false, isAsked());
        clock.passMillis(1);
        assertEquals(POLLOUT, poller(slow).poll(client, POLLOUT, FAR));
        assertEquals(0, error(client));
        deliver(client, accept(listener), 1);
    }

    @Test
    void eachWaitsForItsOwnTime() throws StackException {
        Endpoint first = early();
        Endpoint second = socket(slow);
        assertEquals(-Errno.EINPROGRESS, second.connect(address));
        clock.passMillis(500);
        assertEquals(POLLOUT, poller(slow).poll(first, POLLOUT, FAR));
        assertEquals(0, poller(slow).poll(second, POLLOUT, 0));
        clock.passMillis(500);
        assertEquals(POLLOUT, poller(slow).poll(second, POLLOUT, FAR));
    }

    @Test
    void epollReportsTheOutcomeAndNotTheSocketThatIsUnconnected() throws StackException {
        Endpoint client = early();
        Epoll set = slow.require(EpollStack.class).newEpoll(0);
        owned(set.endpoint());
        set.control(1, client, POLLOUT, 7);
        int[] data = new int[1];
        int[] events = new int[1];
        assertEquals(0, set.ready(data, events, 1));
        clock.passMillis(500);
        assertEquals(POLLIN, poller(slow).poll(set.endpoint(), POLLIN, FAR));
        assertEquals(1, set.ready(data, events, 1));
        assertEquals(POLLOUT, events[0]);
        assertEquals(0, error(client));
        assertEquals(1, send(client, 1));
    }

    @Test
    void anotherCallBeginsWhatIsDue() throws StackException {
        Endpoint client = early();
        acceptAll(2);
        clock.passMillis(500);
        assertEquals(-Errno.EALREADY, client.connect(address));
        await(client, POLLOUT);
        assertEquals(0, client.connect(address), "as connect(2) says once");
        assertEquals(-Errno.EISCONN, client.connect(address));
        assertEquals(1, send(client, 1));
    }

    /** As a call in blocking mode does. */
    @Test
    void askingForTheOutcomeIsNotAnAttempt() throws StackException {
        SocketStack few = limited(Quota.builder().connections(1));
        Endpoint client = socket(few);
        finish(client, client.connect(address));
        assertEquals(0, error(client));
        int again = client.connect(address);
        assertEquals(true, again == 0 || again == -Errno.EISCONN || again == -Errno.ENOBUFS, "not " + again);
        deliver(client, accept(listener), 1);
    }

    @Test
    void refusalOfThePeerIsToldOnce() throws StackException {
        Endpoint closed = FREE.socket(AF_INET, SOCK_STREAM, 0);
        closed.bind(new SockaddrIn(LOOPBACK, 0));
        address = closed.localAddress();
        Endpoint first = socket(slow);
        int result = first.connect(address);
        if (result == -Errno.EINPROGRESS) {
            await(first, POLLOUT);
            assertEquals(Errno.ECONNREFUSED, error(first));
            assertEquals(-Errno.ECONNABORTED, first.connect(address));
        } else {
            assertEquals(-Errno.ECONNREFUSED, result);
        }
        close(owned(closed));
        assertEquals(-Errno.EINPROGRESS, withOneLeft().connect(address));
    }

    /** After one attempt there is one that may begin at once. */
    private Endpoint withOneLeft() throws StackException {
        Endpoint second = socket(slow);
        int result = second.connect(listener.localAddress());
        finish(second, result);
        return socket(slow);
    }

    @Test
    void failureRightAtTheStartIsTheOutcome() throws StackException {
        connect(slow);
        connect(slow);
        Endpoint client = socket(slow);
        // Multicast: TCP cannot reach it, and says so at once.
        assertEquals(-Errno.EINPROGRESS, client.connect(new SockaddrIn(0xe0000001, 9)));
        clock.passMillis(500);
        assertEquals(true, (poller(slow).poll(client, POLLOUT, FAR) & POLLOUT) != 0);
        int error = error(client);
        assertEquals(true, error != 0 && error != Errno.EINPROGRESS, "not " + error);
        assertEquals(-Errno.ECONNABORTED, client.connect(address));
        assertEquals(0, error(client));
    }

    @Test
    void firstBytesThatBeginAConnectionAreHeldBack() throws StackException {
        connect(slow);
        connect(slow);
        Endpoint client = socket(slow);
        assertEquals(-Errno.EAGAIN, client.sendTo(new byte[1], 0, 1, MSG_FASTOPEN, address));
        assertEquals(0, poller(slow).poll(client, POLLOUT, 0));
        clock.passMillis(500);
        int sent = client.sendTo(new byte[1], 0, 1, MSG_FASTOPEN, address);
        assertEquals(true, sent == 1 || sent == -Errno.EINPROGRESS, "not " + sent);
    }

    @Test
    void connectionWaitsInTheBacklog() throws StackException {
        Endpoint busy = listener(slow);
        address = busy.localAddress();
        for (int i = 0; i < 3; i++) {
            connect(FREE);
        }
        accept(busy);
        accept(busy);
        assertEquals(-Errno.EAGAIN, busy.accept(new AcceptedHolder()));
        assertEquals(1, heldBack(busy));
        assertEquals(0, poller(slow).poll(busy, POLLIN, 0));
        clock.passMillis(500);
        assertEquals(POLLIN, poller(slow).poll(busy, POLLIN, FAR));
        accept(busy);
        assertEquals(-Errno.EAGAIN, busy.accept(new AcceptedHolder()));
    }

    @Test
    void acceptOfNoneIsNoConnection() throws StackException {
        Endpoint idle = listener(slow);
        for (int i = 0; i < 5; i++) {
            assertEquals(-Errno.EAGAIN, idle.accept(new AcceptedHolder()));
        }
        assertEquals(0, heldBack(idle));
    }

    @Test
    void oneMoreInAllIsRefused() throws StackException {
        SocketStack few = limited(Quota.builder().connections(2));
        connect(few);
        Endpoint busy = listener(few);
        address = busy.localAddress();
        connect(FREE);
        connect(FREE);
        accept(busy);
        String text = "the limit of 2 connections in all";
        assertRefused(Errno.ENOBUFS, text, busy.accept(new AcceptedHolder()));
        assertRefused(Errno.ENOBUFS, text, socket(few).connect(address));
    }

    @Test
    void datagramsHaveNoConnections() throws StackException {
        SocketStack none = limited(Quota.builder().connections(0));
        Endpoint socket = owned(none.socket(AF_INET, SOCK_DGRAM, 0));
        assertEquals(0, socket.connect(new SockaddrIn(LOOPBACK, 9)));
    }
}
