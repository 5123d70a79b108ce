package io.github.pysockets.bench;

import java.util.List;
import java.util.stream.Stream;

/** How a runtime gets from its first calls to its best figure. */
final class Settling {
    /** A figure counts as settled that is at most this much worse than the best. */
    private static final double NEAR = 1.1;

    private final Unit unit;
    private final List<Sample> warmUp;
    private final List<Sample> samples;

    /**
     * @param warmUp one after the other from the beginning on
     * @param samples what came later
     */
    Settling(Unit unit, List<Sample> warmUp, List<Sample> samples) {
        this.unit = unit;
        this.warmUp = warmUp;
        this.samples = samples;
    }

    /** The first figure; null without a warm-up. */
    Double cold() {
        return warmUp.isEmpty() ? null : unit.figure(warmUp.getFirst());
    }

    /**
     * The seconds of work before the first figure that is near the best. All seconds of the warm-up where only a later
     * figure is; null without a warm-up.
     */
    Double seconds() {
        if (warmUp.isEmpty()) {
            return null;
        }
        double best = Stream.concat(warmUp.stream(), samples.stream())
                .mapToDouble(this::cost)
                .min()
                .orElseThrow();
        double before = 0;
        for (Sample each : warmUp) {
            if (cost(each) <= best * NEAR) {
                return before;
            }
            before += each.wall();
        }
        return before;
    }

    /** The figure where less is better. */
    private double cost(Sample sample) {
        double figure = unit.figure(sample);
        return unit.more ? 1 / figure : figure;
    }
}
