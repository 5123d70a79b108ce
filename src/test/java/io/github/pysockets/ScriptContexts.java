package io.github.pysockets;

import io.github.pysockets.cli.CommandSetup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.PolyglotAccess;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.io.IOAccess;
import org.graalvm.polyglot.proxy.ProxyExecutable;

/** The contexts that the tests run Python code in. */
final class ScriptContexts {
    /** The root of the sources; Maven tells it, for a run from elsewhere it is the current directory. */
    static final Path ROOT = Path.of(System.getProperty("pysockets.basedir", ""));

    /**
     * Shared by the sandboxes: each but the first starts in a tenth of the time. All have to have the same host access.
     */
    private static final Engine ENGINE =
            Engine.newBuilder("python").option("engine.WarnInterpreterOnly", "false").build();

    private ScriptContexts() {}

    /**
     * A context like that of the pysockets command: Python has all that the process has, and its descriptor numbers are
     * the process's.
     *
     * @param words the command line
     */
    static Context.Builder command(String... words) {
        return Context.newBuilder("python")
                .option("engine.WarnInterpreterOnly", "false")
                .allowAllAccess(true)
                .allowHostAccess(PySockets.hostAccess())
                .allowExperimentalOptions(true)
                .options(CommandSetup.options(words));
    }

    /**
     * A context whose Python code has nothing but PySockets: no files, no processes, no native code, no Java. It may
     * make threads.
     */
    static Context.Builder sandbox() {
        return Context.newBuilder("python")
                .engine(ENGINE)
                .allowHostAccess(PySockets.hostAccess())
                .allowCreateThread(true)
                .allowIO(IOAccess.NONE)
                .allowNativeAccess(false)
                .allowPolyglotAccess(PolyglotAccess.NONE);
    }

    /** As {@link #sandbox}, but Python's descriptor numbers are the process's. */
    static Context.Builder nativeBackend() {
        return sandbox()
                .allowNativeAccess(true)
                .allowExperimentalOptions(true)
                .option("python.PosixModuleBackend", "native")
                // Silences the warning that this is not meant for embedding.
                .option("python.RunViaLauncher", "true");
    }

    /** A context as it is made when nothing more is said. */
    static Context.Builder with(HostAccess access) {
        return Context.newBuilder("python").option("engine.WarnInterpreterOnly", "false").allowHostAccess(access);
    }

    /** Evaluates a Python file that lies beside this class. */
    static Value evaluate(Context context, String resource) {
        try (InputStream stream = ScriptContexts.class.getResourceAsStream(resource)) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return context.eval(
                    Source.newBuilder("python", text, "<" + resource + ">").internal(true).build());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Lets a context that cannot read files import modules.
     *
     * @param texts the text of the module that has a name, or null
     */
    static void supply(Context context, UnaryOperator<String> texts) {
        evaluate(context, "finder.py")
                .execute((ProxyExecutable) arguments -> texts.apply(arguments[0].asString()));
    }
}
