package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Map;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;

/** A context with the calls of blocked_calls.py, in which look-ups of names get no answer. */
final class BlockedCalls implements AutoCloseable {
    private final SilentNames names = new SilentNames();
    private final Descriptors before = Descriptors.now();
    final Context context = ScriptContexts.command().build();
    final PySockets sockets =
            PySockets.builder().stack(names.stack()).foreignDescriptors(true).install(context);

    BlockedCalls() throws IOException {
        context.eval(Source.newBuilder("python", BlockedCalls.class.getResource("blocked_calls.py"))
                .build());
    }

    /** An object of the class for a call. */
    Value make(String call) {
        return python("make").execute(call);
    }

    /** A function of the file. */
    Value python(String name) {
        return context.getBindings("python").getMember(name);
    }

    /** Starts a call, without a timeout, and comes back once it waits. */
    Blocked block(Value call) {
        return Blocked.in(python("outcome"), call, null);
    }

    /** Ends everything, and looks whether a descriptor is left. */
    @Override
    public void close() {
        sockets.close();
        context.close(true);
        names.answer();
        assertEquals(Map.of(), before.addedAfterClosing());
    }
}
