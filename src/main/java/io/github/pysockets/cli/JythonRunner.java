package io.github.pysockets.cli;

import io.github.pysockets.JythonSockets;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import org.python.core.Options;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyFile;
import org.python.core.PyInteger;
import org.python.core.PyLong;
import org.python.core.PyNullImporter;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PySystemState;
import org.python.core.imp;
import org.python.util.InteractiveConsole;

/** Runs one program as {@code __main__} in Jython, until the process can end. */
final class JythonRunner {
    private static final int NO_FILE = 2;

    private final CommandLine.Run run;
    private PySystemState state;
    private InteractiveConsole interpreter;
    private JythonSignals signals;
    private JythonSockets sockets;
    private final NetLog log = new NetLog(System.err);

    JythonRunner(CommandLine.Run run) {
        this.run = run;
    }

    /**
     * Returns the exit status.
     *
     * @throws FatalException if the environment names no stack, or one that this machine has not
     */
    int run() throws FatalException {
        start();
        int status = execute(this::program);
        if (isGiven(Switch.INSPECT) || !environment("PYTHONINSPECT").isEmpty()) {
            status = execute(this::dialog);
        }
        return finish(status);
    }

    private boolean isGiven(Switch each) {
        return run.switches().containsKey(each);
    }

    private String environment(String name) {
        String value = isGiven(Switch.IGNORE_ENVIRONMENT) ? null : System.getenv(name);
        return value == null ? "" : value;
    }

    private void start() throws FatalException {
        Properties before = new Properties();
        before.putAll(System.getProperties());
        before.setProperty("python.executable", System.getProperty("pysockets.executable", ""));
        before.setProperty("python.import.site", Boolean.toString(!isGiven(Switch.NO_SITE)));
        // Lists the packages of each jar, for "import *" of Java's, and is written next to the jars.
        before.putIfAbsent("python.cachedir.skip", "true");
        setIfGiven(before, "python.path", environment("JYTHONPATH").isEmpty()
                ? environment("PYTHONPATH")
                : environment("JYTHONPATH"));
        Options.dont_write_bytecode = isGiven(Switch.NO_BYTECODE_FILES)
                || !environment("PYTHONDONTWRITEBYTECODE").isEmpty();
        Options.ignore_environment = isGiven(Switch.IGNORE_ENVIRONMENT);
        PySystemState.initialize(before, null, new String[] {run.program().argumentZero()});
        state = Py.getSystemState();
        // Jython would follow links.
        state.executable = Py.fileSystemEncode(System.getProperty("pysockets.executable", ""));
        run.arguments().forEach(argument -> state.argv.append(Py.fileSystemEncode(argument)));
        run.warnings().forEach(filter -> state.warnoptions.append(Py.fileSystemEncode(filter)));
        interpreter = new InteractiveConsole();
        signals = JythonSignals.forCurrentThread(state);
        JythonSockets.Builder builder = JythonSockets.builder();
        run.network().policy().ifPresent(policy -> builder.policy(policy)
                .onRefusal(refused -> run.network().tell(refused, System.err)));
        run.network().quota().ifPresent(builder::quota);
        if (run.netLog()) {
            builder.listener(log);
        }
        builder.foreignDescriptors(true)
                .interruptHandler(signals::runHandlersIfAny)
                .closeDroppedWhileWaiting(true);
        try {
            sockets = builder.install(interpreter);
        } catch (IllegalArgumentException | IllegalStateException | UnsupportedOperationException noStack) {
            throw new FatalException("pysockets", noStack.getMessage());
        }
        signals.interruptWaitsOf(sockets);
        if (!run.warnings().isEmpty()) {
            imp.load("warnings");
        }
        if (!isDialog() && sockets.usesProcessDescriptors()) {
            // Signals end a wait for it, and select() takes it. Java's own stream does neither.
            PyFile stdin = (PyFile) imp.importName("os", true).__getattr__("fdopen").__call__(Py.newInteger(0));
            stdin.name = new PyString("<stdin>");
            state.__setattr__("stdin", stdin);
            state.__setattr__("__stdin__", stdin);
        }
    }

    private static void setIfGiven(Properties properties, String name, String value) {
        if (!value.isEmpty()) {
            properties.setProperty(name, value);
        }
    }

    /** Whether a person at a terminal is to be asked for the program. */
    private boolean isDialog() {
        return (run.program() instanceof Program.StandardInput || isGiven(Switch.INSPECT))
                && System.console() != null && System.console().isTerminal();
    }

    /** What may end by an exception of Python code. */
    @FunctionalInterface
    private interface Step {
        int run() throws IOException;
    }

    private int execute(Step step) {
        try {
            return step.run();
        } catch (IOException unreadable) {
            return print("pysockets: " + unreadable.getMessage() + "\n", NO_FILE);
        } catch (Throwable thrown) {
            return ended(thrown);
        }
    }

    private static int print(String text, int status) {
        System.err.print(text);
        System.err.flush();
        return status;
    }

    private int program() throws IOException {
        switch (run.program()) {
            case Program.Code code -> {
                addPath("");
                interpreter.exec(Py.newStringOrUnicode(code.text()) instanceof PyString text ? text.asString() : "");
            }
            case Program.Module module -> {
                addPath("");
                state.argv.pyset(0, new PyString("-m"));
                runModule(module.text(), true);
            }
            case Program.Script script -> {
                return script(script.text());
            }
            case Program.StandardInput _ -> {
                addPath("");
                if (isDialog()) {
                    return dialog();
                }
                // Read whole first, as a program on standard input is parsed before it runs.
                runFile(System.in.readAllBytes(), "<stdin>");
            }
        }
        return 0;
    }

    private int dialog() {
        interpreter.interact(isGiven(Switch.QUIET) ? "" : null, new PyFile(System.in));
        return 0;
    }

    private void addPath(String folder) {
        state.path.insert(0, Py.fileSystemEncode(folder));
    }

    private static void runModule(String name, boolean changesArgument) {
        imp.importName("runpy", true)
                .__getattr__("_run_module_as_main")
                .__call__(Py.fileSystemEncode(name), Py.newBoolean(changesArgument));
    }

    private int script(String path) throws IOException {
        File file = new File(path);
        if (file.isDirectory() || path.endsWith(".zip") || path.endsWith(".jar") || path.endsWith(".egg")) {
            PyString place = Py.fileSystemEncode(path);
            if (!(imp.getImporter(place) instanceof PyNullImporter)) {
                state.path.insert(0, place);
                runModule("__main__", false);
                return 0;
            }
        }
        byte[] source;
        try (InputStream stream = new FileInputStream(file)) {
            source = stream.readAllBytes();
        } catch (IOException unreadable) {
            boolean isMissing = !file.exists();
            return print("pysockets: can't open file '" + path + "': [Errno " + (isMissing ? 2 : 13) + "] "
                    + (isMissing ? "No such file or directory" : "Permission denied") + "\n", NO_FILE);
        }
        addPath(file.getCanonicalFile().getParent());
        runFile(isGiven(Switch.SKIP_FIRST_LINE) ? withoutFirstLine(source) : source, path);
        return 0;
    }

    /** Keeps the line's end, and so the numbers of the other lines. */
    private static byte[] withoutFirstLine(byte[] source) {
        String text = new String(source, StandardCharsets.ISO_8859_1);
        return text.substring(Math.max(0, text.indexOf('\n'))).getBytes(StandardCharsets.ISO_8859_1);
    }

    private void runFile(byte[] source, String name) {
        interpreter.getLocals().__setitem__("__file__", Py.fileSystemEncode(name));
        interpreter.execfile(new ByteArrayInputStream(source), name);
    }

    /** The status after what ended the program. Reports it, unless it is SystemExit. */
    private int ended(Throwable thrown) {
        PyException failure = Py.JavaError(thrown);
        signals.convert(failure);
        failure.normalize();
        if (failure.match(Py.SystemExit)) {
            return exitStatus(failure.value);
        }
        flush();
        try {
            report(failure);
        } catch (Throwable again) {
            return print(again + "\n", 1);
        }
        return 1;
    }

    private int exitStatus(PyObject exit) {
        PyObject code = exit.__findattr__("code");
        if (code == null || code == Py.None) {
            return 0;
        }
        if (code instanceof PyInteger number) {
            return number.getValue();
        }
        if (code instanceof PyLong number) {
            return number.getValue().intValue();
        }
        flush();
        return print(code.__str__() + "\n", 1);
    }

    private void report(PyException failure) {
        if (failure.value.__tojava__(Throwable.class) instanceof Throwable ofJava) {
            // Python's frames alone. Jython would show all of Java's too.
            String frames = failure.traceback == null ? "" : failure.traceback.dumpStack();
            print(frames + ofJava + "\n", 1);
        } else {
            Py.printException(failure);
        }
    }

    /** Runs what the program left for the end: its other threads, its exit functions, its unwritten output. */
    private int finish(int status) {
        execute(this::awaitThreads);
        int[] last = {status};
        PyObject atEnd = state.__findattr__("exitfunc");
        if (atEnd != null) {
            int ended = execute(() -> {
                atEnd.__call__();
                return 0;
            });
            last[0] = ended == 0 ? status : ended;
        }
        flush();
        if (run.netLog()) {
            log.end(sockets.statistics());
        }
        return last[0];
    }

    /** Other threads end before exit functions run. */
    private int awaitThreads() {
        PyObject threading = state.modules.__finditem__("threading");
        if (threading == null) {
            return 0;
        }
        PyObject current = threading.invoke("currentThread");
        for (PyObject thread : threading.invoke("enumerate").asIterable()) {
            if (!thread.equals(current) && !thread.invoke("isDaemon").__nonzero__()) {
                thread.invoke("join");
            }
        }
        return 0;
    }

    private void flush() {
        for (String name : new String[] {"stdout", "stderr"}) {
            try {
                state.__getattr__(name).invoke("flush");
            } catch (PyException closed) {
                // Nobody is left to tell.
            }
        }
    }
}
