package io.github.pysockets;

import io.github.pysockets.bypass.Attack;
import io.github.pysockets.bypass.Battlefield;
import io.github.pysockets.fixtures.JythonScripts;
import io.github.pysockets.stack.StackException;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** As {@link PolicyBypassTest}, of what differs under Jython. */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class JythonPolicyBypassTest {
    private static final String PREPARE = """
            import errno, os, socket, struct, threading

            socket.setdefaulttimeout(20)

            def outcome(attack):
                try:
                    result = attack()
                except socket.error as failure:
                    if failure.errno == errno.EACCES:
                        return "refused"
                    return "failed: %s" % failure
                except Exception as failure:
                    return "failed: %s: %s" % (type(failure).__name__, failure)
                return "stopped" if result is False else "done"
            """;

    private static Battlefield field;
    private static JythonScripts scripts;

    @BeforeAll
    static void open() throws IOException, StackException {
        field = new Battlefield();
        scripts = new JythonScripts(JythonSockets.builder().stack(field.stack()));
        scripts.run(PREPARE);
        scripts.run(field.places());
    }

    @AfterAll
    static void close() throws IOException, StackException {
        scripts.close();
        field.close();
    }

    static List<Attack> attacks() {
        return Attack.read("jython.py");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void getsNoFurtherThanThePolicy(Attack attack) throws StackException {
        field.judge(attack, code -> {
            scripts.run(code);
            return scripts.text("outcome(attack)");
        });
    }
}
