package io.github.pysockets.bench;

import java.util.List;

/**
 * A runtime that may be measured.
 *
 * @param name as the command line and the table have it
 * @param worker the command of its worker, to which the peer's addresses are added
 * @param python the command that runs a script, to which the script's file is added; empty for a runtime without
 *     scripts
 * @param installer the command of a worker that installs PySockets; empty where that is not what the runtime does
 * @param missing why it cannot be measured; null if it can
 */
record Candidate(String name, List<String> worker, List<String> python, List<String> installer, String missing) {
    /** How long it is to warm up where {@code seconds} do for an interpreter on a JVM. */
    double warmUp(double seconds) {
        return switch (name) {
            // Only its caches warm up.
            case Candidates.REFERENCE, Candidates.REFERENCE_2 -> Math.min(seconds, 1);
            case Candidates.OURS_COMPILED, Candidates.OWN_COMPILED -> 2 * seconds;
            default -> seconds;
        };
    }

    static Candidate found(String name, List<String> worker, List<String> python, List<String> installer) {
        return new Candidate(name, worker, python, installer, null);
    }

    static Candidate missing(String name, String reason) {
        return new Candidate(name, List.of(), List.of(), List.of(), reason);
    }
}
