package io.github.pysockets.stack;

import static io.github.pysockets.abi.PollEvents.POLLHUP;
import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLNVAL;
import static io.github.pysockets.abi.PollEvents.POLLOUT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.abi.Errno;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Waiting for one descriptor and for many, and the ways in which a wait ends. */
abstract class PollerCases extends StackCase {
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long FAR = TimeUnit.SECONDS.toNanos(20);

    @Test
    void lookTellsWhatIsThere() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        Endpoint endpoint = pair.second();

        assertEquals(0, poller().poll(endpoint, POLLIN, 0));
        assertEquals(POLLOUT, poller().poll(endpoint, POLLIN | POLLOUT, 0));
        send(pair.first(), "x");
        assertEquals(POLLIN | POLLOUT, poller().poll(endpoint, POLLIN | POLLOUT, 0));
        assertEquals(POLLIN, poller().poll(endpoint, POLLIN, 0));
    }

    @Test
    void hangUpIsToldUnasked() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        close(pair.first());

        assertEquals(POLLHUP, poller().poll(pair.second(), 0, FAR));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 999_999, 20_000_000})
    void waitEndsNotBeforeItsTime(long nanos) throws StackException {
        Endpoint idle = pair("SOCK_STREAM").first();
        poller();
        long start = nanoTime();

        assertEquals(0, poller().poll(idle, POLLIN, nanos));

        assertTrue(nanoTime() - start >= nanos);
    }

    @ParameterizedTest
    @ValueSource(longs = {Poller.FOREVER, 20_000_000_000L})
    void waitEndsWhenDataComes(long nanos) throws Exception {
        EndpointPair pair = pair("SOCK_STREAM");
        poller();

        Thread sender = contract().start(() -> send(pair.first(), "x"));

        assertEquals(POLLIN, poller().poll(pair.second(), POLLIN, nanos));
        sender.join();
    }

    @Test
    void everyWakeOfAnotherThreadEndsAWait() throws Exception {
        int rounds = 300;
        Endpoint idle = pair("SOCK_STREAM").first();
        Poller poller = poller();
        Semaphore next = new Semaphore(0);
        Thread waker = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < rounds; i++) {
                next.acquireUninterruptibly();
                poller.wake();
            }
        });

        // Some wakes come before their wait and some in it; one that got lost would make the wait endless.
        for (int i = 0; i < rounds; i++) {
            next.release();
            assertEquals(0, poller.poll(idle, POLLIN, Poller.FOREVER));
        }
        waker.join();
    }

    @Test
    void wakeBeforeTheWaitEndsItAtOnceAndOnce() throws StackException {
        Endpoint idle = pair("SOCK_STREAM").first();
        poller().wake();
        poller().wake();
        poller().wake();

        assertEquals(0, poller().poll(idle, POLLIN, Poller.FOREVER));

        long start = nanoTime();
        assertEquals(0, poller().poll(idle, POLLIN, 10 * MILLISECOND));
        assertTrue(nanoTime() - start >= 10 * MILLISECOND, "all wakes were for the first wait");
    }

    @Test
    void wakeIsLeftAloneByALook() throws StackException {
        Endpoint idle = pair("SOCK_STREAM").first();
        poller().wake();

        assertEquals(0, poller().poll(idle, POLLIN, 0));

        assertEquals(0, poller().poll(idle, POLLIN, Poller.FOREVER));
    }

    @Test
    void wakeDoesNotHideWhatIsReady() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        send(pair.first(), "x");
        poller().wake();

        assertEquals(POLLIN, poller().poll(pair.second(), POLLIN, Poller.FOREVER));
    }

    @Test
    void manyAreWaitedForTogether() throws StackException {
        EndpointPair quiet = pair("SOCK_STREAM");
        EndpointPair loud = pair("SOCK_STREAM");
        send(loud.first(), "x");
        Endpoint[] endpoints = {quiet.second(), loud.second(), loud.first()};
        short[] events = {POLLIN, POLLIN, POLLIN | POLLOUT};
        short[] ready = {7, 7, 7};

        assertEquals(2, poller().poll(endpoints, events, ready, 3, FAR));

        assertArrayEquals(new short[] {0, POLLIN, POLLOUT}, ready);
    }

    @Test
    void onlyTheFirstCountAreLookedAt() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        Endpoint[] endpoints = {pair.first(), pair.second()};
        short[] ready = {7, 7};

        assertEquals(1, poller().poll(endpoints, new short[] {POLLOUT, POLLOUT}, ready, 1, FAR));

        assertArrayEquals(new short[] {POLLOUT, 7}, ready);
    }

    @Test
    void moreThanBeforeAreWaitedFor() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        int many = 500;
        Endpoint[] endpoints = new Endpoint[many];
        short[] events = new short[many];
        Arrays.fill(endpoints, pair.first());
        Arrays.fill(events, (short) POLLOUT);
        short[] ready = new short[many];

        assertEquals(3, poller().poll(endpoints, events, ready, 3, FAR));
        assertEquals(many, poller().poll(endpoints, events, ready, many, FAR));
        assertEquals(POLLOUT, ready[many - 1]);
    }

    @Test
    void absentEndpointsArePassedOver() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        Endpoint[] endpoints = {null, pair.first()};
        short[] ready = {7, 7};

        assertEquals(1, poller().poll(endpoints, new short[] {POLLOUT, POLLOUT}, ready, 2, FAR));

        assertArrayEquals(new short[] {0, POLLOUT}, ready);
    }

    @Test
    void numberThatIsNotOpenIsTold() throws StackException {
        // First, lest it take the number.
        poller();
        Endpoint gone = stack().socket(number("AF_INET"), number("SOCK_STREAM"), 0);
        gone.close();
        short[] ready = {7};

        assertEquals(POLLNVAL, poller().poll(gone, POLLIN, FAR));
        assertEquals(1, poller().poll(new Endpoint[] {gone}, new short[] {POLLIN}, ready, 1, FAR));
        assertArrayEquals(new short[] {POLLNVAL}, ready);
    }

    @Test
    void waitForNoneIsEndedByTimeAndByWake() throws StackException {
        long start = nanoTime();
        assertEquals(0, poller().poll(new Endpoint[0], new short[0], new short[0], 0, MILLISECOND));
        assertTrue(nanoTime() - start >= MILLISECOND);

        poller().wake();
        assertEquals(0, poller().poll(new Endpoint[0], new short[0], new short[0], 0, Poller.FOREVER));
    }

    @Test
    void closedPollerWaitsForNothing() throws StackException {
        Endpoint idle = pair("SOCK_STREAM").first();
        Poller closed = stack().newPoller();
        closed.close();
        closed.close();
        closed.wake();

        assertEquals(-Errno.EBADF, closed.poll(idle, POLLOUT, Poller.FOREVER));
    }
}
