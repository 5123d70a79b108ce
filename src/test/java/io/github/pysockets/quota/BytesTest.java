package io.github.pysockets.quota;

import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.MessageFlags.MSG_PEEK;
import static io.github.pysockets.abi.PollEvents.POLLHUP;
import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLOUT;
import static io.github.pysockets.abi.PollEvents.POLLRDHUP;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.stack.FileEndpoint;
import io.github.pysockets.stack.FileStack;
import io.github.pysockets.stack.ForwardingEndpoint;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.MessageEndpoint;
import io.github.pysockets.stack.OutgoingMessage;
import io.github.pysockets.stack.Poller;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Bytes in and out: what is held back, what is refused, and when a socket counts as ready. */
final class BytesTest extends QuotaCase {
    /** What a round of 20 ms has. */
    private static final int ROUND = 2_000;

    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(1);

    private final SocketStack slow = limited(Quota.builder().bytesInPerSecond(100_000).bytesOutPerSecond(100_000));

    // For each second

    @Test
    void sendsTheBytesOfARoundAndIsThenHeldBack() throws StackException {
        Endpoint socket = connection(slow).first();
        assertEquals(ROUND, send(socket, 10_000));
        assertEquals(0, heldBack(socket));
        assertEquals(-Errno.EAGAIN, send(socket, 10_000));
        assertEquals(1, heldBack(socket));
        clock.passMillis(19);
        assertEquals(-Errno.EAGAIN, send(socket, 10_000));
        clock.passMillis(1);
        assertEquals(ROUND, send(socket, 10_000));
    }

    @Test
    void receivesTheBytesOfARoundAndIsThenHeldBack() throws StackException {
        EndpointPair pair = connection(slow);
        deliver(pair.second(), pair.first(), 10_000);
        assertEquals(ROUND, receive(pair.first(), 10_000));
        assertEquals(-Errno.EAGAIN, receive(pair.first(), 10_000));
        clock.passMillis(20);
        assertEquals(100, receive(pair.first(), 100));
        assertEquals(ROUND - 100, receive(pair.first(), 10_000));
    }

    @Test
    void directionsAreApart() throws StackException {
        EndpointPair pair = connection(slow);
        assertEquals(ROUND, send(pair.first(), ROUND));
        deliver(pair.second(), pair.first(), 10);
        assertEquals(10, receive(pair.first(), 100));
    }

    @Test
    void allWaysToMoveBytesCount() throws StackException {
        EndpointPair pair = connection(slow);
        Endpoint socket = pair.first();
        byte[] bytes = new byte[100];
        FileEndpoint file = socket.require(FileEndpoint.class);
        MessageEndpoint messages = socket.require(MessageEndpoint.class);
        Endpoint memory = owned(slow.require(FileStack.class).newMemfd(new byte[0], 0));
        assertEquals(100, memory.require(FileEndpoint.class).write(bytes, 0, 100));
        EndpointPair pipe = slow.require(FileStack.class).newPipe(0);
        owned(pipe.first());
        owned(pipe.second());
        assertEquals(100, pipe.second().require(FileEndpoint.class).write(bytes, 0, 100));

        assertEquals(100, socket.send(bytes, 0, 100, 0));
        assertEquals(100, messages.sendMessage(new OutgoingMessage(bytes, 0, 100, List.of(), null), 0));
        assertEquals(100, file.write(bytes, 0, 100));
        assertEquals(100, file.sendFile(memory, 0, 100));
        assertEquals(100, pipe.first().require(FileEndpoint.class).splice(-1, socket, -1, 100, 0));
        assertEquals(ROUND - 500, send(socket, ROUND));
        assertEquals(-Errno.EAGAIN, file.write(bytes, 0, 100));
        assertEquals(-Errno.EAGAIN, file.sendFile(memory, 0, 100));
        assertEquals(-Errno.EAGAIN, messages.sendMessage(new OutgoingMessage(bytes, 0, 100, List.of(), null), 0));
        assertEquals(100, pipe.second().require(FileEndpoint.class).write(bytes, 0, 100));
        assertEquals(-Errno.EAGAIN, pipe.first().require(FileEndpoint.class).splice(-1, socket, -1, 100, 0));

        deliver(pair.second(), socket, 5_000);
        assertEquals(100, socket.recv(bytes, 0, 100, 0));
        assertEquals(100, socket.recvFrom(bytes, 0, 100, 0, new AddressHolder()));
        assertEquals(100, messages.receiveMessage(new IncomingMessage(bytes, 0, 100, 0), 0));
        assertEquals(100, file.read(bytes, 0, 100));
        assertEquals(100, file.splice(-1, pipe.second(), -1, 100, 0));
        IncomingMessage rest = new IncomingMessage(new byte[ROUND], 0, ROUND, 50);
        assertEquals(ROUND - 500, messages.receiveMessage(rest, 0));
        assertEquals(-Errno.EAGAIN, messages.receiveMessage(rest, 0));
        assertEquals(-Errno.EAGAIN, file.read(bytes, 0, 100));
        assertEquals(-Errno.EAGAIN, file.splice(-1, pipe.second(), -1, 100, 0));
    }

    @Test
    void lookingDoesNotCount() throws StackException {
        EndpointPair pair = connection(slow);
        deliver(pair.second(), pair.first(), ROUND);
        for (int i = 0; i < 5; i++) {
            assertEquals(ROUND, pair.first().recv(new byte[ROUND], 0, ROUND, MSG_PEEK));
        }
        assertEquals(ROUND, receive(pair.first(), ROUND));
    }

    @Test
    void datagramIsNeverCut() throws StackException {
        EndpointPair pair = datagrams(slow);
        assertEquals(5_000, send(pair.first(), 5_000));
        assertEquals(-Errno.EAGAIN, send(pair.first(), 10));
        deliver(pair.second(), pair.first(), 5_000);
        assertEquals(5_000, receive(pair.first(), 9_000));
        deliver(pair.second(), pair.first(), 10);
        assertEquals(-Errno.EAGAIN, receive(pair.first(), 9_000));
        // 3000 bytes of debt.
        clock.passMillis(30);
        assertEquals(-Errno.EAGAIN, send(pair.first(), 10));
        clock.passMillis(1);
        assertEquals(10, send(pair.first(), 10));
        assertEquals(10, receive(pair.first(), 9_000));
    }

    @Test
    void bytesWithinTheHostGoBy() throws StackException {
        EndpointPair pair = slow.socketpair(AF_UNIX, SOCK_STREAM, 0);
        owned(pair.first());
        owned(pair.second());
        assertEquals(50_000, send(pair.first(), 50_000));
        assertEquals(50_000, receive(pair.second(), 50_000));
    }

    @Test
    void emptyCallsAreNotHeldBack() throws StackException {
        EndpointPair pair = connection(slow);
        assertEquals(ROUND, send(pair.first(), 10_000));
        assertEquals(0, send(pair.first(), 0));
        deliver(pair.second(), pair.first(), 5_000);
        assertEquals(ROUND, receive(pair.first(), 10_000));
        assertEquals(0, receive(pair.first(), 0));
    }

    @Test
    void socketsOfStacksThatShareAQuotaShareTheRate() throws StackException {
        Quota quota = Quota.builder().bytesOutPerSecond(100_000).clock(clock).build();
        Endpoint one = connection(new QuotaStack(FREE, quota)).first();
        Endpoint other = connection(new QuotaStack(FREE, quota)).first();
        assertEquals(ROUND, send(one, 10_000));
        assertEquals(-Errno.EAGAIN, send(other, 10_000));
        clock.passMillis(20);
        assertEquals(ROUND / 2, send(other, 10_000));
        assertEquals(ROUND / 2, send(one, 10_000));
    }

    // Readiness

    private void holdBack(EndpointPair pair) throws StackException {
        assertEquals(ROUND, send(pair.first(), 10_000));
        deliver(pair.second(), pair.first(), 5_000);
        assertEquals(ROUND, receive(pair.first(), 10_000));
    }

    @Test
    void socketIsReadyNoEarlierThanItMayGoOn() throws StackException {
        EndpointPair pair = connection(slow);
        Poller poller = poller(slow);
        assertEquals(POLLOUT, poller.poll(pair.first(), POLLIN | POLLOUT, FAR));
        holdBack(pair);
        assertEquals(0, poller.poll(pair.first(), POLLIN, 0));
        assertEquals(0, poller.poll(pair.first(), POLLOUT, 0));
        assertEquals(0, poller.poll(pair.first(), POLLIN | POLLOUT, SHORT));
        clock.passMillis(20);
        assertEquals(POLLIN, poller.poll(pair.first(), POLLIN, 0));
        assertEquals(POLLOUT, poller.poll(pair.first(), POLLOUT, 0));
        assertEquals(POLLIN | POLLOUT, poller.poll(pair.first(), POLLIN | POLLOUT, FAR));
    }

    @Test
    void waitLastsNoLongerThanThePause() throws StackException {
        EndpointPair pair = connection(slow);
        holdBack(pair);
        // The clock stands: it would never be ready.
        assertEquals(0, poller(slow).poll(pair.first(), POLLIN, Poller.FOREVER));
        short[] ready = {7};
        assertEquals(0, poller(slow).poll(
                new Endpoint[] {pair.first()}, new short[] {POLLIN}, ready, 1, Poller.FOREVER));
        assertArrayEquals(new short[] {0}, ready);
    }

    @Test
    void eachOfManyIsReadyByItself() throws StackException {
        EndpointPair pair = connection(slow);
        EndpointPair other = FREE.socketpair(AF_UNIX, SOCK_STREAM, 0);
        Endpoint[] endpoints = {pair.first(), null, owned(other.first()), pair.first()};
        owned(other.second());
        short[] events = {POLLIN, POLLOUT, POLLIN | POLLOUT, POLLIN | POLLOUT};
        short[] ready = new short[4];
        assertEquals(ROUND, send(pair.first(), 10_000));
        deliver(pair.second(), pair.first(), 10);

        assertEquals(3, poller(slow).poll(endpoints, events, ready, 4, FAR));
        assertArrayEquals(new short[] {POLLIN, 0, POLLOUT, POLLIN}, ready);
        clock.passMillis(20);
        assertEquals(3, poller(slow).poll(endpoints, events, ready, 4, FAR));
        assertArrayEquals(new short[] {POLLIN, 0, POLLOUT, POLLIN | POLLOUT}, ready);
    }

    @Test
    void endIsNotReportedBeforeTheBytesThatComeFirst() throws StackException {
        EndpointPair pair = connection(slow);
        holdBack(pair);
        // What it has not read would reset the connection.
        await(pair.second(), POLLIN);
        assertEquals(ROUND, receive(pair.second(), 10_000));
        pair.first().shutdown(1);
        close(pair.second());
        await(pair.first(), POLLHUP);
        int asked = POLLIN | POLLRDHUP;
        assertEquals(0, poller(slow).poll(pair.first(), asked, 0));
        short[] ready = {7};
        assertEquals(0, poller(slow).poll(
                new Endpoint[] {pair.first()}, new short[] {(short) asked}, ready, 1, SHORT));
        clock.passMillis(20);
        assertNotEquals(0, poller(slow).poll(pair.first(), asked, 0) & POLLRDHUP);
        assertEquals(ROUND, receive(pair.first(), 10_000));
        clock.passMillis(20);
        assertEquals(1_000, receive(pair.first(), 10_000));
        assertEquals(0, receive(pair.first(), 10_000));
    }

    @Test
    void closedPollerSaysSo() throws StackException {
        EndpointPair pair = connection(slow);
        holdBack(pair);
        Poller closed = slow.newPoller();
        closed.close();
        assertEquals(-Errno.EBADF, closed.poll(pair.first(), POLLIN, FAR));
    }

    @Test
    void anotherWrapperAroundIsHeldBackToo() throws StackException {
        EndpointPair pair = connection(slow);
        Endpoint outer = new ForwardingEndpoint(pair.first(), made -> made);
        assertEquals(ROUND, send(outer, 10_000));
        assertEquals(-Errno.EAGAIN, send(outer, 10_000));
        assertEquals(1, heldBack(outer));
        assertEquals(0, poller(slow).poll(outer, POLLOUT, 0));
        clock.passMillis(20);
        assertEquals(POLLOUT, poller(slow).poll(outer, POLLOUT, 0));
    }

    @Test
    void eachOfTwoQuotasHolds() throws StackException {
        Quota first = Quota.builder().bytesOutPerSecond(100_000).clock(clock).build();
        Quota second = Quota.builder().bytesOutPerSecond(200_000).bytesInPerSecond(50_000).clock(clock).build();
        for (List<Quota> order : List.of(List.of(first, second), List.of(second, first))) {
            SocketStack both = new QuotaStack(new QuotaStack(FREE, order.get(0)), order.get(1));
            clock.passMillis(1_000);
            EndpointPair pair = connection(both);
            Endpoint socket = pair.first();
            deliver(pair.second(), socket, 40_000);
            assertEquals(20_000, send(socket, 100_000));
            assertEquals(10_000, receive(socket, 100_000));
            assertEquals(-Errno.EAGAIN, send(socket, 1));
            assertEquals(-Errno.EAGAIN, receive(socket, 1));
            assertEquals(2, heldBack(socket));
            try (Poller poller = both.newPoller()) {
                assertEquals(0, poller.poll(socket, POLLOUT, 0));
                assertEquals(0, poller.poll(socket, POLLIN, 0));
                clock.passMillis(20);
                assertEquals(POLLIN | POLLOUT, poller.poll(socket, POLLIN | POLLOUT, 0));
            }
            assertEquals(2_000, send(socket, 100_000));
            assertEquals(1_000, receive(socket, 100_000));
        }
    }

    // In all

    @Test
    void bytesInAllAreSentAndNoMore() throws StackException {
        SocketStack little = limited(Quota.builder().bytesOut(1_000));
        Endpoint socket = connection(little).first();
        assertEquals(600, send(socket, 600));
        assertEquals(400, send(socket, 600));
        String text = "the limit of 1000 bytes out in all";
        assertRefused(Errno.EDQUOT, text, send(socket, 600));
        assertRefused(Errno.EDQUOT, text, (int) socket.require(FileEndpoint.class).sendFile(socket, 0, 10));
        assertEquals(POLLOUT, poller(little).poll(socket, POLLOUT, 0), "so that the program learns of it");
    }

    @Test
    void bytesInAllAreReceivedAndNoMore() throws StackException {
        SocketStack little = limited(Quota.builder().bytesIn(1_000));
        EndpointPair pair = connection(little);
        assertEquals(-Errno.EAGAIN, receive(pair.first(), 600), "which takes nothing");
        deliver(pair.second(), pair.first(), 1_500);
        assertEquals(600, receive(pair.first(), 600));
        assertEquals(400, pair.first().recv(new byte[600], 0, 600, MSG_PEEK));
        assertEquals(400, receive(pair.first(), 600));
        String text = "the limit of 1000 bytes in in all";
        assertRefused(Errno.EDQUOT, text, receive(pair.first(), 600));
        assertRefused(Errno.EDQUOT, text, pair.first().recv(new byte[9], 0, 9, MSG_PEEK));
    }

    @Test
    void datagramThatDoesNotFitIsRefusedAsAWhole() throws StackException {
        SocketStack little = limited(Quota.builder().bytesOut(1_000).bytesIn(1_000));
        EndpointPair pair = datagrams(little);
        assertEquals(900, send(pair.first(), 900));
        assertEquals(-Errno.EDQUOT, send(pair.first(), 200));
        assertEquals(100, send(pair.first(), 100));
        deliver(pair.second(), pair.first(), 900);
        assertEquals(900, receive(pair.first(), 2_000));
        deliver(pair.second(), pair.first(), 900);
        assertEquals(900, receive(pair.first(), 2_000), "the last, as nobody knew its length");
        assertEquals(-Errno.EDQUOT, receive(pair.first(), 2_000));
    }

    // Time

    @Test
    void waitsInAllEnd() throws StackException {
        SocketStack impatient = limited(Quota.builder().blockedTime(Duration.ofMillis(1500)));
        Endpoint socket = connection(impatient).first();
        Poller poller = poller(impatient);
        assertEquals(0, poller.poll(socket, POLLIN, SHORT), "the clock stands");
        Thread passing = Thread.ofPlatform().start(() -> {
            clock.passMillis(1500);
            poller.wake();
        });
        int result;
        do {
            result = poller.poll(socket, POLLIN, FAR);
        } while (result == 0);
        assertRefused(Errno.ETIMEDOUT, "the limit of 1500 ms of waiting in all", result);
        assertEquals(0, poller.poll(socket, POLLIN, 0), "which is no wait");
        assertEquals(POLLOUT, poller.poll(socket, POLLOUT, 0));
        assertTrue(join(passing));
    }

    private static boolean join(Thread thread) {
        try {
            return thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException interrupted) {
            return false;
        }
    }
}
