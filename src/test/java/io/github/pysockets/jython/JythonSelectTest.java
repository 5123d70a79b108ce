package io.github.pysockets.jython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.JythonSockets;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.python.core.PySystemState;
import org.python.util.PythonInterpreter;

/** What belongs to several interpreters, and how waits for many descriptors end from outside. */
@SuppressWarnings("try") // Handles are closed while their scripts wait, or are only there.
final class JythonSelectTest {
    private static final long LIMIT = 60;

    private static final String CALLS = """
            import select, socket
            a, b = socket.socketpair()
            def wait(name):
                if name == "select":
                    select.select([a], [], [])
                elif name == "poll":
                    poll = select.poll()
                    poll.register(a, select.POLLIN)
                    poll.poll()
                else:
                    epoll = select.epoll()
                    epoll.register(a, select.EPOLLIN)
                    epoll.poll()
            def outcome(name):
                try:
                    wait(name)
                except (select.error, EnvironmentError) as error:
                    return error.args[0]
            """;

    private static PythonInterpreter interpreter() {
        PySystemState.initialize();
        return new PythonInterpreter(null, new PySystemState());
    }

    private static void awaitWait(Thread thread) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT);
        while (Arrays.stream(thread.getStackTrace())
                .noneMatch(frame -> frame.getClassName().endsWith(".python.Waiter"))) {
            assertTrue(System.nanoTime() < end, "no wait");
            Thread.sleep(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"select", "poll", "epoll"})
    void closingTheHandleEndsAWait(String call) throws Exception {
        try (PythonInterpreter interpreter = interpreter();
                JythonSockets sockets = JythonSockets.install(interpreter)) {
            interpreter.exec(CALLS);
            CompletableFuture<Integer> outcome = new CompletableFuture<>();
            Thread thread = Thread.ofPlatform().daemon().start(() -> outcome
                    .complete(interpreter.eval("outcome('" + call + "')").asInt()));
            awaitWait(thread);
            sockets.close();
            assertEquals(9, outcome.get(LIMIT, TimeUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"select", "poll", "epoll"})
    void anInterruptEndsAWait(String call) throws Exception {
        try (PythonInterpreter interpreter = interpreter();
                JythonSockets sockets = JythonSockets.install(interpreter)) {
            interpreter.exec(CALLS);
            CompletableFuture<Integer> outcome = new CompletableFuture<>();
            Thread thread = Thread.ofPlatform().daemon().start(() -> outcome
                    .complete(interpreter.eval("outcome('" + call + "')").asInt()));
            awaitWait(thread);
            assertTrue(sockets.interruptWait(thread));
            assertEquals(4, outcome.get(LIMIT, TimeUnit.SECONDS));
        }
    }

    /** Neither knows the numbers of the other, and the functions of os are each one's own. */
    @Test
    void interpretersHaveDescriptorsOfTheirOwn() {
        try (PythonInterpreter one = interpreter();
                PythonInterpreter other = interpreter();
                JythonSockets first = JythonSockets.install(one);
                JythonSockets second = JythonSockets.install(other)) {
            one.exec("import os, socket; a, b = socket.socketpair(); os.write(a.fileno(), 'x')");
            other.set("number", one.eval("b.fileno()"));
            other.exec("""
                    import os, select, socket
                    def refused(call, *arguments):
                        try:
                            call(*arguments)
                        except (select.error, EnvironmentError) as error:
                            return error.args[0] == 9
                    refusals = [refused(os.read, number, 1), refused(os.close, number), refused(os.dup, number),
                                refused(select.select, [number], [], []),
                                refused(select.epoll().register, number, 1)]
                    poll = select.poll()
                    poll.register(number)
                    refusals.append(poll.poll() == [(number, select.POLLNVAL)])
                    """);
            assertEquals("[True, True, True, True, True, True]", other.eval("refusals").toString());
            assertEquals("x", one.eval("os.read(b.fileno(), 1)").toString());
        }
    }

    /** Without foreign descriptors, the numbers of the process stay out of reach, those of its streams too. */
    @Test
    void standardStreamsAreForeign() {
        try (PythonInterpreter interpreter = interpreter();
                JythonSockets sockets = JythonSockets.install(interpreter)) {
            interpreter.exec("""
                    import os, select, sys
                    def refused(call, *arguments):
                        try:
                            call(*arguments)
                        except (select.error, EnvironmentError) as error:
                            return error.args[0] == 9
                        except (TypeError, NotImplementedError):
                            return True
                    refusals = [refused(select.select, [], [1], [], 0), refused(os.read, (1 << 30) + 1, 1),
                                refused(os.write, (1 << 30) + 1, "x"), refused(os.dup, 1),
                                refused(os.close, (1 << 30) + 1)]
                    """);
            assertEquals("[True, True, True, True, True]", interpreter.eval("refusals").toString());
        }
    }
}
