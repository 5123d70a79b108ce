package io.github.pysockets.graalpy;

import io.github.pysockets.python.Numbering;
import io.github.pysockets.python.SearchRule;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.stack.ClockStack;
import io.github.pysockets.stack.SocketStack;
import org.graalvm.polyglot.Value;

/** The objects with exported functions that a context gets only where its interpreter needs them. */
public final class HostDoors {
    private HostDoors() {}

    /** What GraalPy 25.0 gets in a context that may open files. */
    public static Object buffers() {
        return new BufferExports(new SpillFiles());
    }

    /** What a context would get whose makers of values are these. */
    public static Object exports(SocketStack stack, Value makers) {
        SocketRuntime runtime = new SocketRuntime(stack, Numbering.APART, false, () -> false, SearchRule.NEVER);
        return new HostExports(runtime, new PythonValues(makers), null, null, new ClockExports(runtime));
    }

    /** What a context gets whose stack has a clock of its own. */
    public static Object clock(ClockStack stack) {
        return new ClockExports(
                new SocketRuntime(stack, Numbering.APART, false, () -> false, SearchRule.NEVER));
    }

    /** What a context has while PySockets is being installed in it. */
    public static Object probe() {
        return new AccessProbe();
    }

    /** What it gets in one that may not. */
    public static Object buffersWithoutFiles() {
        return new BufferExports(null);
    }
}
