package io.github.pysockets.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.pysockets.tls.cert.OpenSslException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What went wrong is kept for the thread that asks next, once. */
final class LastFailureTest {
    private final OpenSslException failure = OpenSslException.ssl("BAD_VALUE");
    private final LastFailure last = new LastFailure();

    private void fail() throws OpenSslException {
        throw failure;
    }

    @Test
    void failureIsTakenOnce() {
        assertEquals(TlsCodes.FAILED, last.action(this::fail));
        assertSame(failure, last.take());
        assertNull(last.take());
    }

    @Test
    void failureOfAResultIsKeptToo() {
        assertEquals(TlsCodes.FAILED, last.value(() -> {
            throw failure;
        }));
        assertSame(failure, last.take());
    }

    @Test
    void successKeepsNothing() {
        assertEquals(0, last.action(() -> {}));
        assertEquals("result", last.value(() -> "result"));
        assertNull(last.take());
    }

    @Test
    void otherExceptionsPass() {
        IOException other = new IOException();
        assertSame(other, assertThrows(IOException.class, () -> last.action(() -> {
            throw other;
        })));
        assertNull(last.take());
    }

    @Test
    void eachThreadHasItsOwn() {
        last.action(this::fail);
        assertNull(CompletableFuture.supplyAsync(last::take, task -> new Thread(task).start()).join());
        assertSame(failure, last.take());
    }
}
