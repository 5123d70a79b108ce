package io.github.pysockets.quota;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits as text. */
final class QuotaTextTest {
    @Test
    void eachLimitIsRead() {
        Quota quota = Quota.parse("sockets=100,all-sockets=2K,connections=3Ki,connections=20/s,in=1G,in=5M/s,out=2Gi,"
                + "out=10M/s,lookups=20,lookups=4/s,buffers=64M,waiting=5m");
        assertEquals(100, quota.openSockets().limit());
        assertEquals(2_000, quota.sockets().limit());
        assertEquals(3_072, quota.connections().limit());
        assertEquals(20, quota.connectionRate().perSecond());
        assertEquals(1_000_000_000, quota.in().left());
        assertEquals(5_000_000, quota.in().perSecond());
        assertEquals(2L << 30, quota.out().left());
        assertEquals(10_000_000, quota.out().perSecond());
        assertEquals(20, quota.lookups().limit());
        assertEquals(4, quota.lookupRate().perSecond());
        assertEquals(64_000_000, quota.bufferMemory().limit());
        assertEquals(TimeUnit.MINUTES.toNanos(5), quota.blocked().limit());
    }

    @Test
    void limitThatIsNotNamedIsNone() {
        Quota quota = Quota.parse(" lookups = 7 ");
        assertEquals(7, quota.lookups().limit());
        assertTrue(!quota.openSockets().isLimited() && !quota.blocked().isLimited());
        assertNull(quota.lookupRate());
        assertNull(quota.connectionRate());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "\"\"| a limit is name=value, and this is none: ''",
        "sockets| a limit is name=value, and this is none: 'sockets'",
        "sockets=1,| a limit is name=value, and this is none: ''",
        "socket=1| there is no limit 'socket'; there are sockets, all-sockets, connections, in, out, lookups, buffers,"
                + " waiting",
        "sockets=| the limit 'sockets' is a whole number, as in 100, 10M or 64Ki, and not ''",
        "sockets=-1| the limit 'sockets' is a whole number, as in 100, 10M or 64Ki, and not '-1'",
        "out=10MB| the limit 'out' is a whole number, as in 100, 10M or 64Ki, and not '10MB'",
        "out=1.5M/s| the limit 'out' is a whole number, as in 100, 10M or 64Ki, and not '1.5M'",
        "in=999999999999999999T| the limit 'in' is too large: '999999999999999999T'",
        "sockets=5/s| the limit 'sockets' is not one for each second",
        "waiting=5s/s| the limit 'waiting' is not one for each second",
        "waiting=5| the limit 'waiting' is a time, as in 500ms, 30s, 5m or 2h, and not '5'",
        "in=1,in=2| the limit 'in' is there twice",
        "in=1/s,in=2/s| the limit 'in/s' is there twice",
        "out=0/s| A rate is from 1 to 8000000000 a second: 0",
        "out=9G/s| A rate is from 1 to 8000000000 a second: 9000000000",
    })
    void whatIsWrongIsSaid(String text, String message) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, () -> Quota.parse(text)).getMessage());
    }

    @Test
    void builderRefusesWhatIsNoLimit() {
        Quota.Builder builder = Quota.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.openSockets(-1));
        assertThrows(IllegalArgumentException.class, () -> builder.bytesOutPerSecond(0));
        assertThrows(IllegalArgumentException.class, () -> builder.blockedTime(Duration.ofSeconds(-1)));
        assertTrue(!builder.blockedTime(Duration.ofSeconds(Long.MAX_VALUE)).build().blocked().isLimited());
    }
}
