package io.github.pysockets.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A logarithmic scale, from a round number below all values to one above them.
 *
 * @param low more than zero, less than high
 */
record LogAxis(double low, double high) {
    private static final int[] STEPS = {1, 2, 5};
    /** With more than this many, only powers of ten get a tick. */
    private static final int MOST_TICKS = 8;

    /** @param least more than zero, at most {@code most} */
    static LogAxis around(double least, double most) {
        double below = round(least, false);
        double above = round(most, true);
        return new LogAxis(below, below < above ? above : below * 10);
    }

    /** The number of 1, 2 or 5 times a power of ten that is next to the value, or the value itself if it is one. */
    private static double round(double value, boolean up) {
        int power = (int) Math.floor(Math.log10(value)) - 1;
        double before = Math.pow(10, power);
        for (int index = 0;; index++) {
            double step = STEPS[index % STEPS.length] * Math.pow(10, power + index / STEPS.length);
            // What differs by rounding alone is the same.
            if (step > value * (1 + 1e-9)) {
                return up && before < value * (1 - 1e-9) ? step : before;
            }
            before = step;
        }
    }

    /** The numbers to label, from low to high. */
    List<Double> ticks() {
        List<Double> all = ticks(STEPS.length);
        return all.size() <= MOST_TICKS ? all : ticks(1);
    }

    private List<Double> ticks(int steps) {
        var ticks = new ArrayList<Double>();
        for (int power = (int) Math.floor(Math.log10(low)); Math.pow(10, power) <= high * (1 + 1e-9); power++) {
            for (int index = 0; index < steps; index++) {
                double tick = STEPS[index] * Math.pow(10, power);
                if (tick >= low * (1 - 1e-9) && tick <= high * (1 + 1e-9)) {
                    ticks.add(tick);
                }
            }
        }
        return ticks;
    }

    /** Where a value is, from 0 at low to 1 at high. */
    double position(double value) {
        return Math.log(value / low) / Math.log(high / low);
    }

    /** A tick's text. */
    static String label(double tick) {
        return tick >= 1
                ? String.format(Locale.ROOT, "%,.0f", tick)
                : String.format(Locale.ROOT, "%." + (int) Math.ceil(-Math.log10(tick) - 1e-9) + "f", tick);
    }
}
