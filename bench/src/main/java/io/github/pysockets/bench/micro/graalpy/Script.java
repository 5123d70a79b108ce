package io.github.pysockets.bench.micro.graalpy;

import io.github.pysockets.PySockets;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;

/** A Python module in a context of its own with PySockets installed. Its functions loop by themselves. */
final class Script implements AutoCloseable {
    /** How often the functions do what they measure: often enough that calling them counts for nothing. */
    static final int ROUNDS = 1000;

    private final Context context;
    private final PySockets sockets;

    Script(String text) {
        context = Context.newBuilder("python")
                .option("engine.WarnInterpreterOnly", "false")
                .allowHostAccess(PySockets.hostAccess())
                .build();
        sockets = PySockets.install(context);
        context.eval("python", text);
    }

    /** A function of the module, which takes how often to do it. */
    Value function(String name) {
        return context.getBindings("python").getMember(name);
    }

    @Override
    public void close() {
        sockets.close();
        context.close();
    }
}
