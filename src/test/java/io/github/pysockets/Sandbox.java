package io.github.pysockets;

import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;

/** A context that has nothing but PySockets, and the sockets of it. */
final class Sandbox implements AutoCloseable {
    final Context context = ScriptContexts.sandbox().build();
    final PySockets sockets;

    Sandbox() {
        this(PySockets.builder());
    }

    Sandbox(PySockets.Builder builder) {
        sockets = builder.install(context);
    }

    /** Runs Python code in the main module; gives the value of an expression at its end. */
    Value run(String code) {
        return context.eval("python", code);
    }

    /** The text of a str; the str of anything else. */
    String text(String code) {
        return text(run(code));
    }

    static String text(Value value) {
        return value.isString() ? value.asString() : value.toString();
    }

    /** A name of the main module. */
    Value get(String name) {
        return context.getBindings("python").getMember(name);
    }

    @Override
    public void close() {
        sockets.close();
        context.close(true);
    }
}
