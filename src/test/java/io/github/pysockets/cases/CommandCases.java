package io.github.pysockets.cases;

import io.github.pysockets.PySockets;
import io.github.pysockets.cli.CommandSetup;
import io.github.pysockets.fixtures.ScriptContexts;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.graalvm.polyglot.Context;
import org.junit.jupiter.api.DynamicNode;

/** The cases in python-tests, in a context like that of the pysockets command. */
public final class CommandCases implements AutoCloseable {
    /** Far more than a case takes; the cases' own waits end after 20 s. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    private final Context context;
    private final PySockets sockets;
    private final PythonCases cases;

    /**
     * Makes the context. The thread that calls is its main thread, and runs the cases.
     *
     * @param options for the sockets
     * @param lacks what cannot pass
     */
    public CommandCases(PySockets.Builder options, LackList lacks) {
        context = ScriptContexts.command("-B", "-W", "default", "-")
                .option("python.PythonPath", PythonFiles.searchPath())
                .build();
        sockets = CommandSetup.install(context, options);
        cases = new PythonCases(context, LIMIT, lacks);
    }

    public Context context() {
        return context;
    }

    /** The cases of these modules that the filter leaves. */
    public Stream<DynamicNode> of(List<String> modules, CaseFilter filter) {
        return modules.stream().map(module -> cases.module(module, filter));
    }

    @Override
    public void close() {
        context.eval("python", "import signal; signal.signal(signal.SIGINT, signal.SIG_DFL)");
        sockets.close();
        context.close(true);
    }
}
