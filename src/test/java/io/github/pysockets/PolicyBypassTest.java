package io.github.pysockets;

import io.github.pysockets.bypass.Attack;
import io.github.pysockets.bypass.Battlefield;
import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.fixtures.ScriptContexts;
import io.github.pysockets.stack.StackException;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ways around a policy. Each is tried under a policy that does not allow it, and gets nowhere, and under one that
 * allows just that, and gets there.
 */
@Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
final class PolicyBypassTest {
    private static final List<String> FILES = List.of("spellings.py", "names.py", "calls.py", "kinds.py", "options.py",
            "paths.py", "descriptors.py", "listeners.py", "libraries.py", "races.py");

    private static final String PREPARE = """
            import errno, os, socket, struct, threading

            socket.setdefaulttimeout(20)

            def outcome(attack):
                try:
                    result = attack()
                except PermissionError as failure:
                    return "refused" if failure.errno == errno.EACCES else "not permitted"
                except Exception as failure:
                    return "failed: %s: %s" % (type(failure).__name__, failure)
                return "stopped" if result is False else "done"
            """;

    private static Battlefield field;
    /** A script with no more than sockets; one that may use all descriptors; one whose os is the process's. */
    private static Sandbox sandbox;
    private static Sandbox trusted;
    private static Sandbox ofProcess;

    @BeforeAll
    static void open() throws IOException, StackException {
        field = new Battlefield();
        sandbox = sandbox(false, ScriptContexts.sandbox());
        trusted = sandbox(true, ScriptContexts.sandbox());
        ofProcess = sandbox(false, ScriptContexts.nativeBackend());
    }

    private static Sandbox sandbox(boolean isTrusted, Context.Builder contexts) {
        Sandbox made =
                new Sandbox(PySockets.builder().stack(field.stack()).foreignDescriptors(isTrusted), contexts);
        made.run(PREPARE);
        made.run(field.places());
        return made;
    }

    @AfterAll
    static void close() throws IOException, StackException {
        sandbox.close();
        trusted.close();
        ofProcess.close();
        field.close();
    }

    static Stream<Attack> attacks() {
        return FILES.stream().flatMap(file -> Attack.read(file).stream());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void getsNoFurtherThanThePolicy(Attack attack) throws StackException {
        Sandbox in = attack.with().contains("trusted")
                ? trusted
                : attack.with().contains("native") ? ofProcess : sandbox;
        field.judge(attack, code -> {
            in.run(code);
            return in.text("outcome(attack)");
        });
    }
}
