package io.github.pysockets.jython;

import java.util.function.BooleanSupplier;

/** Whether the calling thread is in a call that goes on after a signal's handler has run. */
public final class SignalRestart {
    private static final ThreadLocal<Boolean> ON = new ThreadLocal<>();

    private SignalRestart() {}

    /** Asked on the thread that waits. */
    public static boolean isOn() {
        return ON.get() != null;
    }

    /** Runs handlers in the midst of a call. Calls that they make themselves go on or not by their own kind. */
    public static boolean outside(BooleanSupplier handlers) {
        Boolean before = ON.get();
        ON.remove();
        try {
            return handlers.getAsBoolean();
        } finally {
            restore(before);
        }
    }

    /** The call's part that goes on. */
    @FunctionalInterface
    interface Call {
        int run();
    }

    static int during(Call call) {
        // A handler that runs within may make such a call itself.
        Boolean before = ON.get();
        ON.set(Boolean.TRUE);
        try {
            return call.run();
        } finally {
            restore(before);
        }
    }

    private static void restore(Boolean before) {
        if (before == null) {
            ON.remove();
        } else {
            ON.set(before);
        }
    }
}
