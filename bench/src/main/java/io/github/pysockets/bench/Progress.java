package io.github.pysockets.bench;

import java.io.PrintStream;
import java.util.function.LongSupplier;

/**
 * Says on standard error what is being done, and for how long it may go on. On a terminal one line is written over
 * again; elsewhere there is a line at most every ten seconds.
 */
final class Progress {
    private static final long PAUSE = 10_000_000_000L;
    /** By how much a run takes longer than planned, before it is known; and for how many seconds' worth that counts. */
    private static final double GUESS = 1.3;
    private static final double GUESS_WEIGHT = 60;

    private final PrintStream stream;
    private final boolean terminal;
    private final LongSupplier clock;
    private final double planned;
    private final long start;

    private double done;
    private double skipped;
    private long last;
    private int shown;

    /**
     * @param planned the seconds that all should take
     * @param clock nanoseconds, as System.nanoTime
     */
    Progress(PrintStream stream, boolean terminal, double planned, LongSupplier clock) {
        this.stream = stream;
        this.terminal = terminal;
        this.planned = planned;
        this.clock = clock;
        start = clock.getAsLong();
        last = start - PAUSE;
    }

    /** @param what is done from now on */
    void doing(String what) {
        long now = clock.getAsLong();
        if (!terminal && now - last < PAUSE) {
            return;
        }
        last = now;
        String line = "bench: " + what + "; " + left(now);
        if (terminal) {
            String blanks = " ".repeat(Math.max(0, shown - line.length()));
            stream.print("\r" + line + blanks);
            stream.flush();
            shown = line.length();
        } else {
            stream.println(line);
        }
    }

    /** A line that stays. */
    void say(String line) {
        clear();
        stream.println("bench: " + line);
    }

    void clear() {
        if (shown > 0) {
            stream.print("\r" + " ".repeat(shown) + "\r");
            stream.flush();
            shown = 0;
        }
    }

    /** Adds to what is done of the plan. */
    void did(double seconds) {
        done += seconds;
    }

    /** Takes from the plan what will not be done. */
    void skip(double seconds) {
        skipped += seconds;
    }

    private String left(long now) {
        double taken = (now - start) / 1e9;
        double rest = Math.max(0, planned - done - skipped);
        // Starts and connections are not in the plan: what they have taken is expected of the rest too, with more
        // weight the more is done.
        double factor = Math.max(1, (taken + GUESS_WEIGHT * GUESS) / (done + GUESS_WEIGHT));
        return "about " + inWords(rest * factor) + " left";
    }

    static String inWords(double seconds) {
        long minutes = Math.round(seconds / 60);
        return seconds < 90 ? Math.max(1, Math.round(seconds)) + " s" : minutes < 120 ? minutes + " min"
                : "%d h %02d min".formatted(minutes / 60, minutes % 60);
    }
}
