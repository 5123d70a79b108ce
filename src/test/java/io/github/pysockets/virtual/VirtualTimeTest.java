package io.github.pysockets.virtual;

import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;
import static io.github.pysockets.virtual.Programs.on;
import static io.github.pysockets.virtual.Programs.two;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.Announcement;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.Poller;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** When time moves, when it does not, and who has a turn. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class VirtualTimeTest {
    private static final long LONG = TimeUnit.HOURS.toNanos(1);

    private final VirtualNetwork network = two(Link.latency(Duration.ofMillis(20))).build();
    private final SocketStack stack = network.host("a").stack();

    @Test
    void yearsPassInAMoment() throws Exception {
        try (Poller poller = stack.newPoller()) {
            assertEquals(0, poller.poll(null, 0, TimeUnit.DAYS.toNanos(3_650)));
        }
        assertEquals(Duration.ofDays(3_650), network.elapsed());
    }

    @Test
    void wallTimeBeginsAsTheBuilderSays() throws Exception {
        VirtualNetwork past = two(Link.perfect()).startingAt(Instant.parse("1999-12-31T23:59:59Z")).build();
        try (Poller poller = past.host("a").stack().newPoller()) {
            poller.poll(null, 0, TimeUnit.SECONDS.toNanos(2));
        }
        assertEquals(Instant.parse("2000-01-01T00:00:01Z").getEpochSecond(),
                TimeUnit.NANOSECONDS.toSeconds(past.clock().wallTimeNanos()));
    }

    @Test
    void timeStandsStillWhileAThreadRuns() throws InterruptedException {
        Programs.run(network,
                on("a", caller -> {
                    caller.sleep(Duration.ofSeconds(1));
                    Duration start = network.elapsed();
                    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50);
                    while (System.nanoTime() < end) {
                        assertEquals(start, network.elapsed());
                    }
                }),
                on("b", caller -> caller.sleep(Duration.ofSeconds(2))));
        assertEquals(Duration.ofSeconds(2), network.elapsed());
    }

    @Test
    void threadsTakeTurnsInTheOrderOfTheirEvents() throws InterruptedException {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        Programs.On[] programs = new Programs.On[50];
        for (int i = 0; i < programs.length; i++) {
            int number = i;
            programs[i] = on(i % 2 == 0 ? "a" : "b", caller -> {
                order.add("begin " + number);
                caller.sleep(Duration.ofSeconds(1 + number / 10));
                order.add("end " + number);
            });
        }
        Programs.run(network, programs);

        List<String> expected = new ArrayList<>();
        for (int i = 0; i < programs.length; i++) {
            expected.add("begin " + i);
        }
        for (int i = 0; i < programs.length; i++) {
            expected.add("end " + i);
        }
        assertEquals(expected, order);
    }

    @Test
    void threadThatBlocksElsewhereLosesItsTurn() throws InterruptedException {
        SynchronousQueue<String> elsewhere = new SynchronousQueue<>();
        Programs.run(network,
                on("a", caller -> {
                    caller.sleep(Duration.ofSeconds(1));
                    assertEquals("go on", elsewhere.take());
                    caller.sleep(Duration.ofSeconds(1));
                }),
                on("b", caller -> {
                    caller.sleep(Duration.ofHours(1));
                    elsewhere.put("go on");
                }));
        assertEquals(Duration.ofHours(1).plusSeconds(1), network.elapsed());
    }

    @Test
    void timeWaitsForAThreadThatWasWokenElsewhere() throws InterruptedException {
        SynchronousQueue<String> elsewhere = new SynchronousQueue<>();
        Thread[] worker = new Thread[1];
        Programs.run(network, on("a", caller -> {
            // Of a virtual thread can be seen at once that it was woken. One of the system has to be waited for.
            Announcement announcement = network.announce();
            worker[0] = Thread.ofVirtual().start(() -> {
                announcement.begin();
                try (Caller own = new Caller(network.host("a"))) {
                    own.sleep(Duration.ofSeconds(1));
                    for (int i = 0; i < 20; i++) {
                        elsewhere.take();
                        assertEquals(Duration.ofSeconds(2 + i), network.elapsed());
                        own.sleep(Duration.ofMillis(1));
                    }
                } catch (InterruptedException interrupted) {
                    throw new AssertionError(interrupted);
                } finally {
                    announcement.end();
                }
            });
            caller.sleep(Duration.ofSeconds(2));
            for (int i = 0; i < 20; i++) {
                elsewhere.put("look at the clock");
                caller.sleep(Duration.ofSeconds(1));
            }
        }));
        worker[0].join();
        assertEquals(Duration.ofSeconds(22), network.elapsed());
    }

    @Test
    void threadInASystemCallThatWaitsLosesItsTurn() throws Exception {
        Pipe pipe = Pipe.open();
        ByteBuffer one = ByteBuffer.allocate(1);
        Thread reader = Thread.ofPlatform().start(() -> {
            try (Caller caller = new Caller(network.host("a"))) {
                caller.sleep(Duration.ofSeconds(1));
                pipe.source().read(one);
                caller.sleep(Duration.ofSeconds(1));
            } catch (IOException failure) {
                throw new AssertionError(failure);
            }
        });
        try (Caller caller = new Caller(network.host("b"))) {
            caller.sleep(Duration.ofHours(1));
        }
        pipe.sink().write(ByteBuffer.allocate(1));
        reader.join();
        assertTrue(network.elapsed().compareTo(Duration.ofHours(1)) >= 0, network.elapsed()::toString);
        assertEquals(1, one.position());
    }

    @Test
    void threadThatEndsLosesItsTurn() throws Exception {
        Thread holder = Thread.ofPlatform().start(() -> {
            try (Caller caller = new Caller(network.host("a"))) {
                caller.sleep(Duration.ofSeconds(1));
            }
        });
        holder.join();
        try (Poller poller = stack.newPoller()) {
            poller.poll(null, 0, TimeUnit.SECONDS.toNanos(1));
        }
        assertEquals(Duration.ofSeconds(2), network.elapsed());
    }

    @Test
    void busyLoopDoesNotStopTime() throws InterruptedException {
        Programs.run(network,
                on("a", caller -> {
                    Endpoint socket = caller.udp(53);
                    byte[] into = new byte[10];
                    int looks = 0;
                    while (socket.recv(into, 0, 10, 0) == -Errno.EAGAIN) {
                        looks++;
                    }
                    assertTrue(looks > 0);
                }),
                on("b", caller -> {
                    caller.sleep(Duration.ofSeconds(1));
                    caller.sendTo(caller.udp(0), "x", Caller.at("10.0.0.1", 53));
                }));
    }

    @Test
    void announcedThreadIsWaitedFor() throws Exception {
        Announcement announcement = network.announce();
        Announcement second = network.announce();
        CountDownLatch starts = new CountDownLatch(1);
        Thread late = Thread.startVirtualThread(() -> {
            try {
                starts.await();
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
            announcement.begin();
            try (Caller caller = new Caller(network.host("a"))) {
                assertEquals(Duration.ZERO, network.elapsed());
                caller.sleep(Duration.ofSeconds(1));
            } finally {
                announcement.end();
            }
        });
        Thread early = Thread.startVirtualThread(() -> {
            starts.countDown();
            second.begin();
            try (Caller caller = new Caller(network.host("b"))) {
                assertEquals(Duration.ZERO, network.elapsed());
                caller.sleep(Duration.ofSeconds(5));
            } finally {
                second.end();
            }
        });
        late.join();
        early.join();
        assertEquals(Duration.ofSeconds(5), network.elapsed());
    }

    @Test
    void announcementThatIsTakenBackIsWaitedForNoMore() throws Exception {
        Announcement announcement = network.announce();
        Thread other = Thread.startVirtualThread(() -> {
            try (Caller caller = new Caller(network.host("b"))) {
                caller.sleep(Duration.ofSeconds(5));
            }
        });
        announcement.end();
        other.join();
        assertEquals(Duration.ofSeconds(5), network.elapsed());
    }

    /** Waits until a thread sleeps on an idle network, in real time. */
    private void awaitIdle(Thread sleeper) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (sleeper.getState() != Thread.State.WAITING || !network.isIdle()) {
            assertTrue(System.nanoTime() < end, "idle in time");
            Thread.sleep(1);
        }
    }

    @Test
    void outsiderWakesWhoWaitsForEver() throws Exception {
        Poller poller = stack.newPoller();
        int[] result = {99};
        Thread sleeper = Thread.ofPlatform().start(() -> result[0] = poller.poll(null, 0, Poller.FOREVER));
        awaitIdle(sleeper);
        poller.wake();
        sleeper.join();
        assertEquals(0, result[0]);
        assertEquals(Duration.ZERO, network.elapsed());
    }

    @Test
    void outsiderWakesThoughAnotherNeverGivesItsTurnUp() throws Exception {
        Poller poller = stack.newPoller();
        Thread sleeper = Thread.ofPlatform().start(() -> poller.poll(null, 0, Poller.FOREVER));
        awaitIdle(sleeper);
        CountDownLatch isBusy = new CountDownLatch(1);
        Thread busy = Thread.ofPlatform().start(() -> {
            try (Caller caller = new Caller(network.host("b"))) {
                caller.sleep(Duration.ofSeconds(1));
                isBusy.countDown();
                while (!Thread.currentThread().isInterrupted()) {
                    Thread.onSpinWait();
                }
            }
        });
        isBusy.await();
        poller.wake();
        sleeper.join();
        busy.interrupt();
        busy.join();
    }

    @Test
    void closedPollerEndsItsWait() throws Exception {
        Poller poller = stack.newPoller();
        int[] result = {99};
        Thread sleeper = Thread.ofPlatform().start(() -> result[0] = poller.poll(null, 0, Poller.FOREVER));
        awaitIdle(sleeper);
        poller.close();
        sleeper.join();
        assertEquals(-Errno.EBADF, result[0]);
    }

    @Test
    void interruptNeitherEndsAWaitNorGetsLost() throws Exception {
        Poller poller = stack.newPoller();
        boolean[] wasInterrupted = new boolean[1];
        Thread sleeper = Thread.ofPlatform().start(() -> {
            poller.poll(null, 0, Poller.FOREVER);
            wasInterrupted[0] = Thread.currentThread().isInterrupted();
        });
        awaitIdle(sleeper);
        sleeper.interrupt();
        awaitIdle(sleeper);
        poller.wake();
        sleeper.join();
        assertTrue(wasInterrupted[0]);
    }

    @Test
    void closeNeedsNoTurn() throws Exception {
        var pair = stack.socketpair(AF_UNIX, SOCK_STREAM, 0);
        int[] result = {99};
        Thread sleeper = Thread.ofPlatform().start(() -> {
            try (Poller poller = network.host("a").stack().newPoller()) {
                result[0] = poller.poll(pair.first(), POLLIN, Poller.FOREVER);
            } catch (StackException failure) {
                throw new AssertionError(failure);
            }
        });
        awaitIdle(sleeper);
        Thread stranger = Thread.ofPlatform().start(() -> {
            try {
                pair.second().close();
            } catch (StackException failure) {
                throw new AssertionError(failure);
            }
        });
        stranger.join();
        sleeper.join();
        assertTrue((result[0] & POLLIN) != 0);
    }

    @Test
    void actionMustUseNoSocket() throws Exception {
        List<Throwable> thrown = new ArrayList<>();
        network.at(Duration.ofSeconds(1), () -> thrown.add(
                assertThrows(IllegalStateException.class, () -> stack.socket(AF_UNIX, SOCK_STREAM, 0))));
        try (Poller poller = stack.newPoller()) {
            poller.poll(null, 0, LONG);
        }
        assertEquals(1, thrown.size());
    }

    @Test
    void nothingHappensBeforeSomebodyIsThere() throws InterruptedException {
        Duration time = Duration.ofMinutes(5);
        List<Duration> happened = new ArrayList<>();
        network.at(time, () -> happened.add(network.elapsed()));
        assertEquals(Duration.ZERO, network.elapsed());

        Programs.run(network, on("a", caller -> caller.sleep(Duration.ofMinutes(9))));

        assertEquals(List.of(time), happened);
    }

    @Test
    void realTimePassesAsFastAsTheBuilderSays() throws Exception {
        VirtualNetwork fast = two(Link.latency(Duration.ofSeconds(20))).realTime(1_000).build();
        Endpoint listener = new Caller(fast.host("b")).listen(80);
        long start = System.nanoTime();
        Programs.run(fast,
                on("b", caller -> caller.send(caller.accept(listener), "hello")),
                on("a", caller -> {
                    Endpoint connection = caller.connected("10.0.0.2", 80);
                    assertEquals("hello", caller.receive(connection));
                }));
        // Three trips of the link.
        long took = System.nanoTime() - start;
        assertTrue(took >= TimeUnit.MILLISECONDS.toNanos(60), () -> took + " ns");
        assertTrue(fast.elapsed().toSeconds() >= 60, fast.elapsed()::toString);
        assertThrows(IllegalArgumentException.class, () -> two(Link.perfect()).realTime(0));
    }
}
