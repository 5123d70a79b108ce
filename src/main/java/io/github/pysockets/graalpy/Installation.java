package io.github.pysockets.graalpy;

import io.github.pysockets.python.Numbering;
import io.github.pysockets.python.SocketRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/** Puts the Python side into a context, whose {@code import socket} then runs on a runtime of ours. */
public final class Installation {
    private static final String LANGUAGE = "python";

    /** An expression, so that nothing is left behind in the namespace of the context's main module. */
    private static final String EVALUATE =
            "lambda text: (lambda names: (exec(compile(text, '<pysockets>', 'exec'), names),"
                    + " names['install'])[1])({})";

    /** Whether no context of this GraalPy can make a memoryview of a buffer of ours. */
    private static final String LACKS_VIEWS = "__import__('sys').implementation.version < (25, 1)";

    /** Whether the context may open a file of the host's. An error of Python's has to be caught, which no expression can. */
    private static final String OPENS_FILES =
            "lambda text: (lambda names: (exec(compile(text, '<pysockets>', 'exec'), names),"
                    + " names['opens_files']())[1])({})";

    private Installation() {}

    /** The name of GraalPy's POSIX backend. Its own module for such questions is there in every context. */
    private static final String BACKEND = "__graalpython__.posix_module_backend()";

    /**
     * Installs.
     *
     * @param runtimes makes the runtime, for the descriptor numbers that the context's Python has
     * @param hostTrust the application's own context for TLS; null for none
     * @return the runtime
     * @throws IllegalArgumentException where the context has no Python
     * @throws IllegalStateException where it cannot be used as it is; the message says what to do
     */
    public static SocketRuntime install(
            Context context, Function<Numbering, SocketRuntime> runtimes, SSLContext hostTrust) {
        if (!context.getEngine().getLanguages().containsKey(LANGUAGE)) {
            throw new IllegalArgumentException(
                    "This context has no Python: add org.graalvm.polyglot:python to the class path.");
        }
        Value installer = evaluate(context, EVALUATE).execute(Resources.text("bootstrap.py"));
        if (!canCallHost(context)) {
            throw new IllegalStateException("Scripts of this context cannot call PySockets: "
                    + "build it with allowHostAccess(PySockets.hostAccess()).");
        }
        SocketRuntime runtime = runtimes.apply(numbering(context));
        SocketCalls calls = new SocketCalls(runtime, hostTrust, buffers(context, runtime));
        Value obstacle = installer.execute(calls, new ModuleSources(), ByteBuffer.allocate(1));
        if (!obstacle.isNull()) {
            throw new IllegalStateException(sentence(obstacle.asString()));
        }
        return runtime;
    }

    /** What GraalPy 25.0 needs to read our buffers; null for a later one. Found out before any script runs. */
    private static BufferCalls buffers(Context context, SocketRuntime runtime) {
        if (!evaluate(context, LACKS_VIEWS).asBoolean()) {
            return null;
        }
        if (!evaluate(context, OPENS_FILES).execute(Resources.text("opening.py")).asBoolean()) {
            return new BufferCalls(null);
        }
        PassingFiles files = new PassingFiles();
        runtime.closeToo(files::close);
        return new BufferCalls(files);
    }

    private static Numbering numbering(Context context) {
        return evaluate(context, BACKEND).asString().equals("native") ? Numbering.SHARED : Numbering.APART;
    }

    private static Value evaluate(Context context, String expression) {
        try {
            return context.eval(Source.newBuilder(LANGUAGE, expression, "<pysockets>")
                    .internal(true)
                    .build());
        } catch (IllegalArgumentException notPermitted) {
            throw new IllegalArgumentException(
                    "This context has no Python: create it with Context.newBuilder(\"python\").", notPermitted);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static boolean canCallHost(Context context) {
        return context.asValue(new ModuleSources()).canInvokeMember("text");
    }

    private static String sentence(String obstacle) {
        return switch (obstacle) {
            case "installed" -> "PySockets is installed in this context already: install it once for each context.";
            case "imported" -> "This context has imported a socket module already: "
                    + "install PySockets before its first script runs.";
            case "buffers" -> "Scripts of this context cannot read buffers: "
                    + "build it with allowHostAccess(PySockets.hostAccess()).";
            default -> throw new AssertionError(obstacle);
        };
    }
}
