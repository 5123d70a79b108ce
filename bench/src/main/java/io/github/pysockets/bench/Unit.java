package io.github.pysockets.bench;

import java.util.Locale;

/** What a workload is measured in, and how its figure comes from a sample. */
enum Unit {
    /** Time of one operation. */
    MICROSECONDS("us", false, 1e6),
    /** Time of one operation. */
    MILLISECONDS("ms", false, 1e3),
    /** Time of one operation. */
    SECONDS("s", false, 1),
    /** Millions of bytes in a second. */
    MEGABYTES("MB/s", true, 1e6),
    /** Operations in a second. */
    PER_SECOND("1/s", true, 1e6),
    /** Memory that one operation takes for as long as its result is kept. */
    BYTES("bytes", false, 1e6);

    final String text;
    final boolean more;

    private final double processorScale;

    /** @param more whether more is better */
    Unit(String text, boolean more, double processorScale) {
        this.text = text;
        this.more = more;
        this.processorScale = processorScale;
    }

    /** The figure of a sample. */
    double figure(Sample sample) {
        return switch (this) {
            case MEGABYTES -> sample.bytes() / sample.wall() / 1e6;
            case PER_SECOND -> sample.operations() / sample.wall();
            case BYTES -> (double) sample.bytes() / sample.operations();
            default -> sample.wall() / sample.operations() * processorScale;
        };
    }

    /**
     * Processor time for one operation, or for a million bytes, in {@link #processorText}; null where it is not known.
     */
    Double processor(Sample sample) {
        if (sample.processor() == null) {
            return null;
        }
        double count = this == MEGABYTES ? sample.bytes() / 1e6 : sample.operations();
        return sample.processor() / count * processorScale;
    }

    String processorText() {
        return switch (this) {
            case MEGABYTES -> "us/MB";
            case PER_SECOND, BYTES -> "us";
            default -> text;
        };
    }

    static Unit of(String text) {
        for (Unit each : values()) {
            if (each.text.equals(text)) {
                return each;
            }
        }
        throw new IllegalArgumentException("no such unit: " + text);
    }

    /** A figure to three digits or more. */
    static String number(double value) {
        double size = Math.abs(value);
        String form = size >= 99.95 ? "%,.0f" : size >= 9.995 ? "%.1f" : size >= 0.9995 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, form, value);
    }
}
