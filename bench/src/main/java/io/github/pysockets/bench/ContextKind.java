package io.github.pysockets.bench;

import io.github.pysockets.PySockets;
import io.github.pysockets.nio.NioStack;
import io.github.pysockets.policy.NetworkPolicy;
import java.util.Locale;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Engine;
import org.graalvm.polyglot.io.IOAccess;

/** The kinds of GraalPy context that are measured. */
enum ContextKind {
    /** As the command makes it. */
    PYSOCKETS,
    /** As an application makes it, which lets scripts use files and threads and nothing else. */
    PYSOCKETS_EMBEDDED,
    /** The same with a simple policy. */
    PYSOCKETS_POLICY,
    /** As an application makes it, on the stack of Java's own channels. */
    PYSOCKETS_NIO,
    /** GraalPy's own socket module, on its POSIX backend that calls the C library. */
    GRAALPY_NATIVE,
    /** GraalPy's own socket module, on its POSIX backend in Java. */
    GRAALPY_JAVA;

    private static final NetworkPolicy POLICY = NetworkPolicy.parse("allow localhost, unix:*; deny @private");

    /** @param name as the command line has it */
    static ContextKind of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** What an engine for such contexts, one or many, is to be told. */
    Engine engine() {
        return Engine.newBuilder("python")
                .allowExperimentalOptions(true)
                .option("engine.WarnInterpreterOnly", "false")
                .build();
    }

    Context.Builder context(Engine engine) {
        Context.Builder builder = Context.newBuilder("python").engine(engine);
        if (this == PYSOCKETS_EMBEDDED || this == PYSOCKETS_POLICY || this == PYSOCKETS_NIO) {
            return builder.allowHostAccess(PySockets.hostAccess()).allowIO(IOAccess.ALL).allowCreateThread(true);
        }
        if (!Engine.class.getPackage().getImplementationVersion().startsWith("25.0.")) {
            // Unknown there, where handlers are always allowed.
            builder.option("python.AllowSignalHandlers", "true");
        }
        // The options of the command, so that contexts differ in their sockets alone.
        return builder.allowAllAccess(true)
                .allowExperimentalOptions(true)
                .option("python.PosixModuleBackend", this == GRAALPY_JAVA ? "java" : "native")
                .option("python.InstallSignalHandlers", "true")
                .option("python.RunViaLauncher", "true")
                .option("python.DontWriteBytecodeFlag", "false")
                .option("python.ForceImportSite", "true");
    }

    /** Puts PySockets in, where that is what is measured. */
    void install(Context context) {
        switch (this) {
            case PYSOCKETS -> PySockets.builder().foreignDescriptors(true).install(context);
            case PYSOCKETS_EMBEDDED -> PySockets.install(context);
            case PYSOCKETS_POLICY -> PySockets.builder().policy(POLICY).install(context);
            case PYSOCKETS_NIO -> PySockets.builder().stack(NioStack.open()).install(context);
            default -> {
                // GraalPy has its own.
            }
        }
    }
}
