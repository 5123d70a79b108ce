package io.github.pysockets.graalpy;

import io.github.pysockets.python.Numbering;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.stack.ClockStack;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/** Installs the Python side in a context, whose {@code import socket} then uses a runtime of ours. */
public final class Installation {
    static final String LANGUAGE = "python";

    private static final String NAME = "<pysockets>";
    private static final String BOOTSTRAP = Resources.text("bootstrap.py");

    /** Evaluating the source returns the value of its last line. */
    private static final Source INSTALLER = SharedCode.source(NAME, BOOTSTRAP + "\n(install, makers)\n");

    /** For an engine that cannot share code. It is an expression, so it leaves nothing in the context's main module. */
    private static final Source COMPILER = expression("lambda text: (lambda names:"
            + " (exec(compile(text, '" + NAME + "', 'exec'), names), (names['install'], names['makers']))[1])({})");

    /** Whether contexts of this GraalPy cannot make a memoryview of our buffers. */
    private static final Source LACKS_VIEWS = expression("__import__('sys').implementation.version < (25, 1)");

    /** Whether the context may open a file of the host. The check must catch an error, which no expression can. */
    private static final Source OPENS_FILES = expression("lambda text: (lambda names:"
            + " (exec(compile(text, '" + NAME + "', 'exec'), names), names['opens_host_files']())[1])({})");

    /** The name of GraalPy's POSIX backend. GraalPy's own module for such questions exists in every context. */
    private static final Source BACKEND = expression("__graalpython__.posix_module_backend()");

    private Installation() {}

    /**
     * Installs the Python side.
     *
     * @param runtimes makes the runtime, given the numbering of the context's Python
     * @param hostTrust the application's own context for TLS; null for none
     * @param stackTime whether the time of scripts is the stack's, where that has a clock of its own
     * @return the runtime
     * @throws IllegalArgumentException where the context has no Python
     * @throws IllegalStateException where it cannot be used as it is; the message says what to do
     */
    public static SocketRuntime install(
            Context context,
            Function<Numbering, SocketRuntime> runtimes,
            SSLContext hostTrust,
            boolean stackTime) {
        if (!context.getEngine().getLanguages().containsKey(LANGUAGE)) {
            throw new IllegalArgumentException(
                    "This context has no Python: add org.graalvm.polyglot:python to the class path.");
        }
        boolean shared = SharedCode.isKnown(context.getEngine());
        Value bootstrap = shared
                ? evaluate(context, INSTALLER)
                : evaluate(context, COMPILER).execute(BOOTSTRAP);
        ModuleSources sources = new ModuleSources(shared);
        if (!context.asValue(sources).canInvokeMember("text")) {
            throw new IllegalStateException("Scripts of this context cannot call PySockets: "
                    + "build it with allowHostAccess(PySockets.hostAccess()).");
        }
        SocketRuntime runtime = runtimes.apply(numbering(context));
        runtime.setBlocking(SafepointBlocking.ifPossible());
        boolean installed = false;
        try {
            BufferExports buffers = buffers(context, runtime);
            PythonValues values = new PythonValues(bootstrap.getArrayElement(1).execute(buffers == null));
            HostExports exports =
                    new HostExports(runtime, values, hostTrust, buffers, stackTime ? clock(runtime) : null);
            Value obstacle = bootstrap.getArrayElement(0).execute(exports, sources, new AccessProbe());
            if (!obstacle.isNull()) {
                throw new IllegalStateException(sentence(obstacle.asString()));
            }
            installed = true;
            return runtime;
        } finally {
            if (!installed) {
                runtime.close();
            }
        }
    }

    /** What GraalPy 25.0 needs to read our buffers; null for a later one. Determined before any script runs. */
    private static BufferExports buffers(Context context, SocketRuntime runtime) {
        if (!evaluate(context, LACKS_VIEWS).asBoolean()) {
            return null;
        }
        if (!evaluate(context, OPENS_FILES).execute(Resources.text("file_access.py")).asBoolean()) {
            return new BufferExports(null);
        }
        SpillFiles files = new SpillFiles();
        runtime.closeToo(files::close);
        return new BufferExports(files);
    }

    /** The clock of the stack; null where that has none of its own. */
    private static ClockExports clock(SocketRuntime runtime) {
        return runtime.stack().ability(ClockStack.class) == null ? null : new ClockExports(runtime);
    }

    private static Numbering numbering(Context context) {
        return evaluate(context, BACKEND).asString().equals("native") ? Numbering.SHARED : Numbering.APART;
    }

    private static Source expression(String text) {
        return Source.newBuilder(LANGUAGE, text, NAME).internal(true).buildLiteral();
    }

    private static Value evaluate(Context context, Source source) {
        try {
            return context.eval(source);
        } catch (IllegalArgumentException notPermitted) {
            throw new IllegalArgumentException(
                    "This context has no Python: create it with Context.newBuilder(\"python\").", notPermitted);
        } catch (PolyglotException failure) {
            // Where close() has ended the context, GraalVM says so itself.
            if (failure.isCancelled()) {
                throw new IllegalStateException("The Context was closed while it ran.", failure);
            }
            throw failure;
        }
    }

    private static String sentence(String obstacle) {
        return switch (obstacle) {
            case "installed" -> "PySockets is installed in this context already: install it once for each context.";
            case "imported" -> "This context has imported a socket module already: "
                    + "install PySockets before its first script runs.";
            case "buffers" -> "Scripts of this context cannot read buffers: "
                    + "build it with allowHostAccess(PySockets.hostAccess()).";
            case "scoped" -> "PySockets cannot keep what scripts of this context pass to it: "
                    + "build its HostAccess without methodScoping(true).";
            default -> throw new AssertionError(obstacle);
        };
    }
}
