package io.github.pysockets.virtual;

/** Numbers that look random, and follow from a seed and a name. The algorithm is SplitMix64. */
final class Chance {
    private static final long GOLDEN_GAMMA = 0x9e37_79b9_7f4a_7c15L;
    private static final double DOUBLE_UNIT = 0x1p-53;
    private static final int DOUBLE_SHIFT = 11;

    private long state;

    /** @param name keeps the numbers of one purpose apart from those of another */
    Chance(long seed, String name) {
        long hash = seed;
        for (int i = 0; i < name.length(); i++) {
            hash = mix(hash + GOLDEN_GAMMA) ^ name.charAt(i);
        }
        state = mix(hash);
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58_476d_1ce4_e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d0_49bb_1331_11ebL;
        return mixed ^ (mixed >>> 31);
    }

    /** From 0 to below 1. */
    double next() {
        state += GOLDEN_GAMMA;
        return (mix(state) >>> DOUBLE_SHIFT) * DOUBLE_UNIT;
    }

    /** Whether something of this probability happens. Certain and impossible things use up no number. */
    boolean happens(double probability) {
        return probability > 0 && (probability >= 1 || next() < probability);
    }

    /** From 0 to {@code most}. */
    long upTo(long most) {
        return most == 0 ? 0 : (long) (next() * most);
    }
}
