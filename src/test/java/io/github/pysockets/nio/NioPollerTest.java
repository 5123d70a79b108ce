package io.github.pysockets.nio;

import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.PollEvents.POLLHUP;
import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLNVAL;
import static io.github.pysockets.abi.PollEvents.POLLOUT;
import static io.github.pysockets.abi.PollEvents.POLLRDHUP;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.abi.MessageFlags;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.stack.Poller;
import io.github.pysockets.stack.StackException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a Selector stands for poll(2). */
@Timeout(30)
final class NioPollerTest {
    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONG = TimeUnit.SECONDS.toNanos(20);

    private final NioStack stack = NioStack.open();
    private final List<Endpoint> endpoints = new ArrayList<>();
    private Poller poller;

    @AfterEach
    void closeAll() throws StackException {
        for (Endpoint endpoint : endpoints) {
            endpoint.close();
        }
        if (poller != null) {
            poller.close();
        }
    }

    private Poller poller() throws StackException {
        if (poller == null) {
            poller = stack.newPoller();
        }
        return poller;
    }

    private EndpointPair pair() throws StackException {
        EndpointPair pair = stack.socketpair(AF_UNIX, SOCK_STREAM, 0);
        endpoints.add(pair.first());
        endpoints.add(pair.second());
        return pair;
    }

    private void close(Endpoint endpoint) throws StackException {
        endpoints.remove(endpoint);
        endpoint.close();
    }

    private static void send(Endpoint from, int count) {
        assertEquals(count, from.send(new byte[count], 0, count, 0));
    }

    @Test
    void sameEndpointIsWaitedForInManyWays() throws StackException {
        EndpointPair pair = pair();
        Endpoint[] endpoints = new Endpoint[4];
        Arrays.fill(endpoints, pair.first());
        short[] events = {POLLIN, POLLOUT, POLLIN | POLLOUT, 0};
        short[] ready = new short[4];

        assertEquals(2, poller().poll(endpoints, events, ready, 4, LONG));
        assertArrayEquals(new short[] {0, POLLOUT, POLLOUT, 0}, ready);

        send(pair.second(), 1);
        assertEquals(3, poller().poll(endpoints, events, ready, 4, LONG));
        assertArrayEquals(new short[] {POLLIN, POLLOUT, POLLIN | POLLOUT, 0}, ready);
    }

    @Test
    void whatAnEarlierWaitNeededEndsNoLaterOne() throws StackException {
        EndpointPair loud = pair();
        EndpointPair quiet = pair();
        send(loud.first(), 1);
        assertEquals(POLLIN, poller().poll(loud.second(), POLLIN, LONG));

        assertEquals(0, poller().poll(quiet.second(), POLLIN, SHORT));

        assertEquals(POLLIN, poller().poll(loud.second(), POLLIN, LONG));
    }

    @Test
    void dataThatWasReadAheadIsReadable() throws StackException {
        EndpointPair pair = pair();
        send(pair.first(), 5);
        pair.second().recv(new byte[1], 0, 1, MessageFlags.MSG_PEEK);

        assertEquals(POLLIN, poller().poll(pair.second(), POLLIN, LONG));
        pair.second().recv(new byte[5], 0, 5, 0);
        assertEquals(0, poller().poll(pair.second(), POLLIN, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, POLLRDHUP})
    void waitForTheEndUsesNoProcessorWhileDataIsThere(int events) throws StackException {
        EndpointPair pair = pair();
        byte[] data = new byte[1 << 16];
        while (pair.first().send(data, 0, data.length, 0) > 0) {
            // More than is read ahead.
        }
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();

        assertEquals(0, poller().poll(pair.second(), events, 4 * SHORT));

        assertTrue(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before < 2 * SHORT);
    }

    @Test
    void endIsNoticedWhileDataIsThere() throws Exception {
        EndpointPair pair = pair();
        send(pair.first(), 1_000);
        CountDownLatch begun = new CountDownLatch(1);
        Thread closer = Thread.ofPlatform().start(() -> {
            try {
                begun.await();
                pair.first().shutdown(1);
            } catch (InterruptedException | StackException failure) {
                throw new IllegalStateException(failure);
            }
        });
        poller();

        begun.countDown();

        assertEquals(POLLRDHUP, poller().poll(pair.second(), POLLRDHUP, LONG));
        closer.join();
        assertEquals(1_000, pair.second().recv(new byte[2_000], 0, 2_000, 0));
        assertEquals(0, pair.second().recv(new byte[2_000], 0, 2_000, 0));
    }

    @Test
    void shutdownByAnotherThreadEndsAWait() throws Exception {
        EndpointPair pair = pair();
        AtomicReference<Integer> result = new AtomicReference<>();
        Poller waiting = poller();
        Thread waiter = Thread.ofPlatform().start(
                () -> result.set(waiting.poll(pair.first(), POLLIN, Poller.FOREVER)));
        while (waiter.getState() != Thread.State.RUNNABLE && waiter.isAlive()) {
            Thread.onSpinWait();
        }

        pair.first().shutdown(0);
        waiter.join();

        assertEquals(POLLIN, result.get());
    }

    @Test
    void interruptEndsAWaitAndIsLeftAsItIs() throws Exception {
        Endpoint idle = pair().first();
        Poller waiting = poller();
        AtomicReference<Boolean> wasLeft = new AtomicReference<>();
        Thread waiter = Thread.ofPlatform().start(() -> {
            waiting.poll(idle, POLLIN, Poller.FOREVER);
            wasLeft.set(Thread.currentThread().isInterrupted());
        });

        do {
            // Where it comes before the wait, the next one comes in it.
            waiter.interrupt();
        } while (!waiter.join(java.time.Duration.ofMillis(1)));

        assertTrue(wasLeft.get());
        assertEquals(0, poller().poll(idle, POLLIN, 0));
    }

    @Test
    void interruptStatusFromBeforeDoesNotEndAWait() throws StackException {
        Endpoint idle = pair().first();
        Thread.currentThread().interrupt();
        long start = System.nanoTime();

        int result = poller().poll(idle, POLLIN, SHORT);

        assertTrue(Thread.interrupted());
        assertEquals(0, result);
        assertTrue(System.nanoTime() - start >= SHORT);
        send(pair().first(), 1);
    }

    @Test
    void closedEndpointsOfAWaitAreTold() throws StackException {
        EndpointPair pair = pair();
        EndpointPair closed = pair();
        poller().poll(closed.first(), POLLIN, 0);
        close(closed.first());
        short[] ready = new short[2];

        assertEquals(1, poller().poll(
                new Endpoint[] {pair.first(), closed.first()}, new short[] {POLLIN, POLLIN}, ready, 2, LONG));
        assertArrayEquals(new short[] {0, POLLNVAL}, ready);
        assertEquals(POLLIN | POLLHUP, poller().poll(closed.second(), POLLIN, LONG));
    }

    @Test
    void moreThanOneSelectionReportsAreFound() throws StackException {
        int many = 520;
        Endpoint[] ends = new Endpoint[many];
        short[] events = new short[many];
        Arrays.fill(events, (short) POLLIN);
        for (int i = 0; i < many; i += 2) {
            EndpointPair pair = pair();
            send(pair.first(), 1);
            send(pair.second(), 1);
            ends[i] = pair.first();
            ends[i + 1] = pair.second();
        }

        assertEquals(many, poller().poll(ends, events, new short[many], many, 0));
        assertEquals(many, poller().poll(ends, events, new short[many], many, LONG));
    }

    @Test
    void pollersOfManyThreadsShareEndpointsThatAreClosedMeanwhile() throws Exception {
        int threads = 4;
        Endpoint idle = pair().first();
        List<Thread> waiters = new ArrayList<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicReference<Endpoint> shared = new AtomicReference<>(pair().first());
        CountDownLatch end = new CountDownLatch(1);
        for (int i = 0; i < threads; i++) {
            waiters.add(Thread.ofPlatform().start(() -> {
                try (Poller own = stack.newPoller()) {
                    while (end.getCount() > 0) {
                        int result = own.poll(new Endpoint[] {idle, shared.get()}, new short[] {POLLIN, POLLIN},
                                new short[2], 2, 1_000_000);
                        assertTrue(result == 0 || result == 1, "ready: " + result);
                    }
                } catch (Throwable unexpected) {
                    failure.set(unexpected);
                }
            }));
        }

        for (int i = 0; i < 300; i++) {
            Endpoint last = shared.getAndSet(pair().first());
            close(last);
        }
        end.countDown();
        for (Thread waiter : waiters) {
            waiter.join();
        }

        assertEquals(null, failure.get());
    }

    @Test
    void closedPollerIsForgottenByItsEndpoints() throws StackException {
        NioEndpoint endpoint = (NioEndpoint) pair().first();
        NioPoller gone = (NioPoller) stack.newPoller();
        gone.poll(endpoint, POLLIN, 0);

        gone.close();

        assertFalse(endpoint.watchIfAny(gone) != null);
        assertEquals(0, poller().poll(endpoint, POLLIN, 0));
    }

    @Test
    void endpointOfAnotherStackIsInvalid() throws StackException {
        Endpoint strange = io.github.pysockets.linux.LinuxStack.open().socket(AF_INET, SOCK_STREAM, 0);
        endpoints.add(strange);

        assertEquals(POLLNVAL, poller().poll(strange, POLLIN, LONG));
    }
}
