package io.github.pysockets.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the bytes of each second are dealt out, by a clock that the tests move. */
final class ByteRateTest {
    private static final int SECONDS = 5;

    private final FakeClock clock = new FakeClock();

    /** Sockets that always want bytes and wait as long as they are told. Returns what each of them got. */
    private long[] deal(ByteRate rate, int sockets, long most, long latency) {
        Share[] shares = Stream.generate(Share::new).limit(sockets).toArray(Share[]::new);
        long[] got = new long[sockets];
        long end = clock.getAsLong() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (end - clock.getAsLong() > 0) {
            for (int i = 0; i < sockets; i++) {
                long moved = Math.min(most, rate.allowance(shares[i]));
                rate.take(shares[i], moved);
                got[i] += moved;
            }
            clock.pass(Arrays.stream(shares).mapToLong(rate::pause).min().orElseThrow() + latency);
        }
        return got;
    }

    /** With sockets that come too late to each round, too, and with rounds that are longer than usual. */
    @ParameterizedTest
    @CsvSource({
        "10_000_000, 1, 1_000_000, 0",
        "10_000_000, 1, 1_000_000, 5_000_000",
        "10_000_000, 1, 1_000, 1_000",
        "10_000_000, 50, 1_000_000, 0",
        "10_000_000, 50, 1_000_000, 3_000_000",
        "10_000_000, 1_000, 1_000_000, 1_000_000",
        "1_000_000_000, 7, 300_000, 10_000",
        "1_000, 1, 1_000, 1_000_000",
        "1_000, 3, 1_000, 1_000_000",
        "64, 1, 1_000, 0",
    })
    void rateIsKept(String perSecond, String sockets, String most, String latency) {
        long rate = number(perSecond);
        long[] got = deal(new ByteRate(rate, clock), (int) number(sockets), number(most), number(latency));
        long sum = LongStream.of(got).sum();
        long expected = SECONDS * rate;
        assertTrue(sum <= expected + rate / 40 + number(most), () -> sum + " of " + expected);
        assertTrue(sum >= expected - rate / 8 - 8, () -> sum + " of " + expected);
    }

    private static long number(String text) {
        return Long.parseLong(text.replace("_", ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 50, 1000})
    void eachSocketGetsItsPart(int sockets) {
        long[] got = deal(new ByteRate(10_000_000, clock), sockets, 1_000_000, 0);
        long fair = SECONDS * 10_000_000L / sockets;
        long least = LongStream.of(got).min().orElseThrow();
        // The first round goes to whoever comes first: nobody is known to want a part.
        assertTrue(least >= fair * 9 / 10, () -> least + " of " + fair);
        assertTrue(LongStream.of(got).skip(1).max().orElseThrow() <= fair * 11 / 10);
    }

    @Test
    void roundInWhichMostDoNotAskIsNoSignThatTheyAreGone() {
        ByteRate rate = new ByteRate(1_000_000, clock);
        Share[] shares = Stream.generate(Share::new).limit(8).toArray(Share[]::new);
        for (int round = 0; round < 3; round++) {
            for (Share share : shares) {
                rate.take(share, rate.allowance(share));
            }
            clock.passMillis(20);
        }
        rate.take(shares[0], rate.allowance(shares[0]));
        clock.passMillis(20);
        long most = rate.allowance(shares[1]);
        assertTrue(most <= 40_000 / 4, () -> "a quarter of two rounds, not " + most);
    }

    @Test
    void whatOneLeavesIsForTheOthers() {
        ByteRate rate = new ByteRate(1_000_000, clock);
        Share small = new Share();
        Share large = new Share();
        long got = 0;
        for (int round = 0; round < 100; round++) {
            rate.take(small, Math.min(10, rate.allowance(small)));
            long moved = rate.allowance(large);
            rate.take(large, moved);
            got += moved;
            clock.passMillis(20);
        }
        long sum = got;
        assertTrue(sum >= 1_800_000, () -> "of 2000000: " + sum);
    }

    @Test
    void longMessageDelaysTheNext() {
        ByteRate rate = new ByteRate(1_000_000, clock);
        Share share = new Share();
        assertTrue(rate.allowance(share) > 0);
        rate.take(share, 520_000);
        assertEquals(0, rate.allowance(share));
        // 20 ms were there at the start.
        assertEquals(TimeUnit.MILLISECONDS.toNanos(500) + 1_000, rate.pause(share));
        clock.passMillis(501);
        assertTrue(rate.allowance(share) > 0);
        assertEquals(0, rate.pause(share));
    }

    @Test
    void longPauseIsMadeUpForInParts() {
        ByteRate rate = new ByteRate(1_000_000, clock);
        clock.passMillis(10_000);
        assertEquals(200_000, rate.allowance(new Share()));
    }

    @Test
    void idleSocketTakesNoPart() {
        ByteRate rate = new ByteRate(1_000_000, clock);
        Share idle = new Share();
        clock.passMillis(20);
        // It asks, but finds nothing to move.
        assertTrue(rate.allowance(idle) > 0);
        rate.take(idle, 0);
        clock.passMillis(20);
        assertEquals(60_000, rate.allowance(new Share()));
    }
}
