package io.github.pysockets.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;

/** Runs one script in a GraalPy context: {@code EmbeddedPython KIND FILE [ARGUMENT]...}. */
public final class EmbeddedPython {
    private EmbeddedPython() {}

    /**
     * @param arguments the kind of context, as a runtime is named, the script, and what it finds in {@code sys.argv}
     * after itself
     */
    public static void main(String[] arguments) throws IOException {
        ContextKind kind = ContextKind.of(arguments[0]);
        Path script = Path.of(arguments[1]);
        Engine engine = kind.engine();
        Context context = kind.context(engine)
                .option("python.PythonPath", script.toAbsolutePath().getParent().toString())
                .arguments("python", Arrays.copyOfRange(arguments, 1, arguments.length))
                .build();
        int status = 0;
        try {
            kind.install(context);
            context.eval(Source.newBuilder("python", script.toFile()).build());
        } catch (PolyglotException ended) {
            if (ended.isExit()) {
                status = ended.getExitStatus();
            } else {
                ended.printStackTrace();
                status = 1;
            }
        }
        // As the command does: what is left open ends with the process.
        System.exit(status);
    }
}
