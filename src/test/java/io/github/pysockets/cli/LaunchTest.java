package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyArray;
import org.junit.jupiter.api.Test;

/** How the exceptions that end a program are reported. All cases run in one context. */
final class LaunchTest {
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    private String written() {
        String text = errors.toString(StandardCharsets.UTF_8);
        errors.reset();
        return text;
    }

    @Test
    void exitStatus() {
        try (Context context = Context.newBuilder("python").allowAllAccess(true).err(errors).build()) {
            Value failed = ScriptRunner.evaluate(context, "launch.py").getMember("failed");
            String[][] exits = {
                {"SystemExit()", "0", ""},
                {"SystemExit(None)", "0", ""},
                {"SystemExit(0)", "0", ""},
                {"SystemExit(7)", "7", ""},
                {"SystemExit(256 + 7)", "7", ""},
                {"SystemExit(-1)", "255", ""},
                {"SystemExit(2 ** 70)", "255", ""},
                {"SystemExit(True)", "1", ""},
                {"SystemExit('good bye')", "1", "good bye\n"},
                {"SystemExit('')", "1", "\n"},
                {"SystemExit(1.5)", "1", "1.5\n"},
                {"SystemExit(1, 2)", "1", "(1, 2)\n"},
                {"KeyboardInterrupt()", "130", "KeyboardInterrupt\n"},
                {"ValueError('x')", "1", "ValueError: x\n"},
            };
            for (String[] exit : exits) {
                int status = failed.execute(context.eval("python", exit[0])).asInt();
                assertEquals(exit[1], Integer.toString(status), exit[0]);
                assertEquals(exit[2], written(), exit[0]);
            }

            Value prepare = ScriptRunner.evaluate(context, "launch.py").getMember("prepare");
            var none = ProxyArray.fromArray();
            var noFile = assertThrows(PolyglotException.class, () -> prepare.execute("script", "/no/file", none, none));
            assertEquals(2, failed.execute(noFile.getGuestObject()).asInt());
            assertEquals(": can't open file '/no/file': [Errno 2] No such file or directory\n", written());

            context.eval("python", """
                    import sys
                    def hook(type, value, traceback):
                        print("hook:", value, file=sys.stderr)
                        if isinstance(value, SystemError):
                            raise RuntimeError("hook failed")
                        if isinstance(value, MemoryError):
                            sys.exit(9)
                    sys.excepthook = hook
                    """);
            assertEquals(1, failed.execute(context.eval("python", "ValueError('x')")).asInt());
            assertEquals("hook: x\n", written());
            assertEquals(9, failed.execute(context.eval("python", "MemoryError('m')")).asInt());
            assertEquals("hook: m\n", written());
            assertEquals(1, failed.execute(context.eval("python", "SystemError('s')")).asInt());
            assertEquals("""
                    hook: s
                    Error in sys.excepthook:
                    Traceback (most recent call last):
                      File "Unnamed", line 5, in hook
                    RuntimeError: hook failed

                    Original exception was:
                    SystemError: s
                    """, written());
        }
    }
}
