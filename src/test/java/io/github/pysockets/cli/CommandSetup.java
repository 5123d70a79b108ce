package io.github.pysockets.cli;

import io.github.pysockets.PySockets;
import java.util.List;
import java.util.Map;
import org.graalvm.polyglot.Context;

/** What the pysockets command does to a context, for tests that run Python code as it does. */
public final class CommandSetup {
    private CommandSetup() {}

    /** GraalPy's options for a command line, with nothing from the environment. */
    public static Map<String, String> options(String... words) {
        try {
            CommandLine.Run run = (CommandLine.Run) CommandLine.parse(List.of(words));
            return PythonOptions.of(run, new Configuration(run, Map.of(), false), "");
        } catch (UsageException | FatalException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    /**
     * Installs the sockets; signals end blocking calls of the calling thread, which is to be the context's main thread.
     */
    public static PySockets install(Context context) {
        return install(context, PySockets.builder());
    }

    /** As above, with what {@code builder} has already. */
    public static PySockets install(Context context, PySockets.Builder builder) {
        return ScriptRunner.install(context, SignalRelay.forCurrentThread(), builder);
    }
}
