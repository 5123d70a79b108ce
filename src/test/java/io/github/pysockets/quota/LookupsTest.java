package io.github.pysockets.quota;

import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.Netdb.AI_NUMERICHOST;
import static io.github.pysockets.abi.Netdb.EAI_AGAIN;
import static io.github.pysockets.abi.Netdb.NI_NUMERICHOST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.SockaddrIn;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Look-ups of hosts. All are answered by this host itself. */
final class LookupsTest extends QuotaCase {
    private static final String NONE = "the limit of 0 look-ups in all";

    private final NameService none = limited(Quota.builder().lookups(0)).names();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static Object lookUp(NameService names, String host) throws Exception {
        return names.getaddrinfo(bytes(host), null, AF_INET, 0, 0, 0);
    }

    @Test
    void eachKindOfLookUpCounts() {
        SockaddrIn home = new SockaddrIn(LOOPBACK, 0);
        assertRefused(Errno.EDQUOT, NONE, () -> lookUp(none, "localhost"));
        assertRefused(Errno.EDQUOT, NONE, () -> none.gethostbyname(bytes("localhost")));
        assertRefused(Errno.EDQUOT, NONE, () -> none.gethostbyaddr(home));
        assertRefused(Errno.EDQUOT, NONE, () -> none.getnameinfo(home, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1", "0x7f000001"})
    void hostInDigitsNeedsNone(String host) throws Exception {
        assertFalse(none.getaddrinfo(bytes(host), null, AF_INET, 0, 0, 0).isEmpty());
    }

    @Test
    void gethostbynameTakesOtherDigitsForAName() throws Exception {
        assertEquals(1, none.gethostbyname(bytes("127.1")).addresses().size());
        assertRefused(Errno.EDQUOT, NONE, () -> none.gethostbyname(bytes("0x7f000001")));
    }

    @Test
    void otherQuestionsNeedNone() throws Exception {
        assertFalse(none.getaddrinfo(bytes("::1"), null, 0, 0, 0, 0).isEmpty());
        assertFalse(none.getaddrinfo(null, bytes("80"), AF_INET, 0, 0, 0).isEmpty());
        assertThrows(NameServiceException.class,
                () -> none.getaddrinfo(bytes("localhost"), null, AF_INET, 0, 0, AI_NUMERICHOST));
        assertEquals("127.0.0.1", none.getnameinfo(new SockaddrIn(LOOPBACK, 80), NI_NUMERICHOST).host());
        assertFalse(none.interfaces().isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1 localhost", "127.0.0.1\tx", "1.2.3.4.example", "256.1.1.1"})
    void whatOnlyLooksLikeDigitsCounts(String host) {
        assertRefused(Errno.EDQUOT, NONE, () -> lookUp(none, host));
    }

    @Test
    void limitIsReachedAfterSoMany() throws Exception {
        NameService two = limited(Quota.builder().lookups(2)).names();
        lookUp(two, "localhost");
        lookUp(two, "localhost");
        assertRefused(Errno.EDQUOT, "the limit of 2 look-ups in all", () -> lookUp(two, "localhost"));
    }

    @Test
    void oneThatIsTooEarlyWaits() throws Exception {
        NameService slow = limited(Quota.builder().lookupsPerSecond(1)).names();
        lookUp(slow, "localhost");
        CompletableFuture<Object> second = new CompletableFuture<>();
        Thread asking = Thread.ofPlatform().daemon().start(() -> {
            try {
                second.complete(lookUp(slow, "localhost"));
            } catch (Exception failure) {
                second.completeExceptionally(failure);
            }
        });
        while (asking.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        assertFalse(second.isDone());
        clock.passMillis(1000);
        second.join();
    }

    @Test
    void oneThatWouldWaitForTooLongFails() {
        Quota quota = Quota.builder().lookupsPerSecond(1).lookups(50).clock(clock).build();
        for (int i = 0; i < 40; i++) {
            quota.lookupRate().reserve();
        }
        NameService late = new QuotaStack(FREE, quota).names();
        assertEquals(EAI_AGAIN,
                assertThrows(NameServiceException.class, () -> lookUp(late, "localhost")).code());
        assertEquals(50, quota.lookups().left(), "it was none");
    }
}
