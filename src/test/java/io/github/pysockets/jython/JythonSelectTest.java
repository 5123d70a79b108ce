package io.github.pysockets.jython;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.Blocked;
import io.github.pysockets.fixtures.JythonScripts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What belongs to several interpreters, and how waits for many descriptors end from outside. */
final class JythonSelectTest {
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

    private static Blocked waiting(JythonScripts scripts, String call) {
        scripts.run(CALLS);
        return scripts.block("outcome('" + call + "')");
    }

    @ParameterizedTest
    @ValueSource(strings = {"select", "poll", "epoll"})
    void closingTheHandleEndsAWait(String call) throws Exception {
        try (JythonScripts scripts = new JythonScripts()) {
            Blocked blocked = waiting(scripts, call);
            scripts.sockets.close();
            assertEquals("9", blocked.result());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"select", "poll", "epoll"})
    void anInterruptEndsAWait(String call) throws Exception {
        try (JythonScripts scripts = new JythonScripts()) {
            Blocked blocked = waiting(scripts, call);
            assertTrue(scripts.sockets.interruptWait(blocked.thread));
            assertEquals("4", blocked.result());
        }
    }

    /** Neither knows the numbers of the other, and the functions of os are each one's own. */
    @Test
    void interpretersHaveDescriptorsOfTheirOwn() {
        try (JythonScripts one = new JythonScripts(); JythonScripts other = new JythonScripts()) {
            one.run("import os, socket; a, b = socket.socketpair(); os.write(a.fileno(), 'x')");
            other.interpreter.set("number", one.interpreter.eval("b.fileno()"));
            other.run("""
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
            assertEquals("[True, True, True, True, True, True]", other.text("refusals"));
            assertEquals("x", one.text("os.read(b.fileno(), 1)"));
        }
    }

    /** Without foreign descriptors, the numbers of the process stay out of reach, those of its streams too. */
    @Test
    void standardStreamsAreForeign() {
        try (JythonScripts scripts = new JythonScripts()) {
            scripts.run("""
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
            assertEquals("[True, True, True, True, True]", scripts.text("refusals"));
        }
    }
}
