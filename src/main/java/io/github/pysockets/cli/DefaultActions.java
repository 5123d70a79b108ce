package io.github.pysockets.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * What signals do to a process that has no handler for them. The JVM has handlers of its own, which end it with an exit
 * status; whoever started a python process sees that a signal has ended it.
 */
final class DefaultActions {
    private static final int SIGHUP = 1;
    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;

    private DefaultActions() {}

    /** Has SIGHUP and SIGTERM end the process as signals, where they are not ignored. */
    static void restore() {
        var signals = new JvmSignals();
        for (int number : List.of(SIGHUP, SIGTERM)) {
            signals.restoreDefault(number);
        }
    }

    /** Ends the process by SIGINT, so that a shell that runs it ends its script too. Returns where that fails. */
    static void endByInterrupt() {
        new JvmSignals().restoreDefault(SIGINT);
        Linker linker = Linker.nativeLinker();
        MethodHandle raise = linker.downcallHandle(linker.defaultLookup().findOrThrow("raise"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try {
            int failed = (int) raise.invokeExact(SIGINT);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
