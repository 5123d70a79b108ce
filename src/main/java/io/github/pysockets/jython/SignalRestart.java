package io.github.pysockets.jython;

/** Whether the calling thread is in a call that goes on after a signal's handler has run. */
public final class SignalRestart {
    private static final ThreadLocal<Boolean> ON = new ThreadLocal<>();

    private SignalRestart() {}

    /** Asked on the thread that waits. */
    public static boolean isOn() {
        return ON.get() != null;
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
            ON.set(before);
        }
    }
}
