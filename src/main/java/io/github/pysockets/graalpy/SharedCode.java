package io.github.pysockets.graalpy;

import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.Source;

/**
 * Python code of ours that the contexts of an engine share.
 *
 * <p>An engine parses a {@link Source} once, as long as the source lives. Python's {@code compile} parses again for
 * each context, and since GraalPy 25.1 the engine keeps all functions ever made of it.
 */
final class SharedCode {
    /** The option that runs a source in a namespace of its own, not in that of the context's main module. */
    private static final String NEW_GLOBALS = "python.NewGlobals";

    private SharedCode() {}

    /**
     * Whether the engine's Python can run what {@link #source} returns. GraalPy 25.0 cannot, and keeps nothing of what
     * it compiles.
     */
    static boolean isKnown(Engine engine) {
        return engine.getLanguages().get(Installation.LANGUAGE).getSourceOptions().get(NEW_GLOBALS) != null;
    }

    /** Returns a source to keep, and to evaluate in any context. The name is the file name in tracebacks. */
    static Source source(String name, String text) {
        return Source.newBuilder(Installation.LANGUAGE, text, name)
                .option(NEW_GLOBALS, "true")
                .buildLiteral();
    }
}
