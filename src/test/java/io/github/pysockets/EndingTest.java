package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.pysockets.fixtures.Blocked;
import io.github.pysockets.fixtures.BlockedCalls;
import io.github.pysockets.fixtures.EndingTimes;
import io.github.pysockets.fixtures.LoggedErrors;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every call that blocks, ended in every way, with nothing left behind. A call is ended only after it was seen to wait.
 * How long it took to end is written to target/ending-times.md and not checked here: a busy machine is no defect.
 */
final class EndingTest {
    private static final double LIMIT_SECONDS = 0.3;
    private static final String LOOK_UP = "getaddrinfo";

    private static final List<String> CALLS = List.of(
            "accept", "connect", "recv", "send", "sendall", "recvmsg", "sendfile", "select", "poll", "epoll",
            "do_handshake", LOOK_UP);

    private static final String TIMEOUT = "timeout";
    private static final String CLOSE = "close";
    private static final String SHUTDOWN = "shutdown";
    private static final String INTERRUPT = "Thread.interrupt";
    private static final String WAIT = "interruptWait";
    private static final String CANCEL = "Context.close";
    private static final String HANDLE = "PySockets.close";

    private static final EndingTimes TIMES =
            new EndingTimes(CALLS, List.of(TIMEOUT, CLOSE, SHUTDOWN, INTERRUPT, WAIT, CANCEL, HANDLE));

    private static BlockedCalls calls;

    @BeforeAll
    static void open() throws IOException {
        calls = new BlockedCalls();
    }

    @AfterAll
    static void close() {
        TIMES.write("ending-times.md");
        calls.close();
    }

    @TestFactory
    Stream<DynamicTest> timeout() {
        Map<String, String> special = Map.of("select", "([], [], [])", "poll", "[]", "epoll", "[]");
        return CALLS.stream().filter(call -> !call.equals(LOOK_UP)).map(call -> dynamicTest(call, () -> {
            // The interpreter is slow the first time.
            calls.python("lateness").execute(calls.make(call), 0.001);
            Value ended = calls.python("lateness").execute(calls.make(call), LIMIT_SECONDS);
            TIMES.add(call, TIMEOUT, (long) (ended.getArrayElement(1).asDouble() * 1e9));
            assertEquals(special.getOrDefault(call, "timed out"), ended.getArrayElement(0).asString());
        }));
    }

    @TestFactory
    Stream<DynamicTest> closeByAnotherThread() {
        Map<String, String> special = Map.of("poll", "[32]");
        return each(CLOSE, (call, _) -> call.invokeMember("close"), "EBADF", special)
                .filter(test -> !test.getDisplayName().equals(LOOK_UP));
    }

    @TestFactory
    Stream<DynamicTest> shutdown() {
        Map<String, String> special = new LinkedHashMap<>();
        special.put("accept", "EINVAL");
        special.put("connect", "ECONNRESET");
        special.put("recv", "b''");
        special.put("recvmsg", "(b'', [], 0, None)");
        special.put("select", "readable");
        special.put("poll", "[17]");
        special.put("epoll", "[17]");
        special.put("do_handshake", "EOF");
        return each(SHUTDOWN, (call, _) -> call.invokeMember("shutdown"), "EPIPE", special)
                .filter(test -> !test.getDisplayName().equals(LOOK_UP));
    }

    @TestFactory
    Stream<DynamicTest> interrupt() {
        return each(INTERRUPT, (_, blocked) -> blocked.thread.interrupt(), "EINTR", Map.of());
    }

    @TestFactory
    Stream<DynamicTest> interruptOfTheWait() {
        return each(
                WAIT, (_, blocked) -> assertTrue(calls.sockets.interruptWait(blocked.thread)), "EINTR", Map.of());
    }

    @TestFactory
    Stream<DynamicTest> interruptOfTheWaitWithAHandler() {
        return CALLS.stream().map(name -> dynamicTest(name, () -> {
            Blocked blocked = calls.block(calls.make(name));
            for (boolean waitsOn : new boolean[] {true, true, false}) {
                CompletableFuture<Thread> asked = new CompletableFuture<>();
                assertTrue(calls.sockets.interruptWait(blocked.thread, () -> {
                    asked.complete(Thread.currentThread());
                    return waitsOn;
                }));
                assertEquals(blocked.thread, asked.get(10, TimeUnit.SECONDS));
            }
            assertEquals("EINTR", blocked.result());
            assertFalse(calls.sockets.interruptWait(blocked.thread, () -> true), "interrupted while it did not wait");
        }));
    }

    /** Each call on its own. */
    private static Stream<DynamicTest> each(
            String way, BiConsumer<Value, Blocked> end, String common, Map<String, String> special) {
        return CALLS.stream().map(name -> dynamicTest(name, () -> {
            Value call = calls.make(name);
            Blocked blocked = calls.block(call);
            long start = System.nanoTime();
            end.accept(call, blocked);
            assertEquals(special.getOrDefault(name, common), blocked.result());
            TIMES.add(name, way, blocked.end() - start);
        }));
    }

    @TestFactory
    Stream<DynamicTest> closeOfTheContext() throws IOException {
        BlockedCalls own = new BlockedCalls();
        Map<String, Blocked> blocked = blockAll(own);
        long start = System.nanoTime();
        // The end reaches a thread in its wait, as an exception that is not an error of ours.
        LoggedErrors errors = new LoggedErrors();
        own.context.close(true);
        return Stream.concat(blocked.entrySet().stream().map(each -> dynamicTest(each.getKey(), () -> {
            ExecutionException failure = assertThrows(ExecutionException.class, each.getValue()::result);
            assertTrue(failure.getCause() instanceof PolyglotException cancelled && cancelled.isCancelled(),
                    () -> String.valueOf(failure.getCause()));
            TIMES.add(each.getKey(), CANCEL, each.getValue().end() - start);
        })), Stream.of(dynamicTest("leaves nothing behind", own::close), dynamicTest("is no error", () -> {
            errors.close();
            assertEquals(List.of(), errors.take());
        })));
    }

    @TestFactory
    Stream<DynamicTest> closeOfTheHandle() throws IOException {
        BlockedCalls own = new BlockedCalls();
        Map<String, Blocked> blocked = blockAll(own);
        long start = System.nanoTime();
        own.sockets.close();
        return Stream.concat(blocked.entrySet().stream().map(each -> dynamicTest(each.getKey(), () -> {
            assertEquals("EBADF", each.getValue().result());
            TIMES.add(each.getKey(), HANDLE, each.getValue().end() - start);
        })), Stream.of(dynamicTest("leaves nothing behind", own::close)));
    }

    /** All calls, at the same time. */
    private static Map<String, Blocked> blockAll(BlockedCalls calls) {
        Map<String, Blocked> blocked = new LinkedHashMap<>();
        CALLS.forEach(call -> blocked.put(call, calls.block(calls.make(call))));
        return blocked;
    }
}
