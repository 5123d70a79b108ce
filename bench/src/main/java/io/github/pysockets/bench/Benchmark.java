package io.github.pysockets.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Measures workloads, one case after the other. In each, every runtime warms up, and then they take turns: a round asks
 * each once, and the next round begins with another one, so that no runtime always follows the same other.
 */
final class Benchmark {
    /** Seconds of the parts of a warm-up. So the beginning is known apart. */
    private static final double PART = 0.25;
    /** What a start is expected to take, for the plan alone. */
    private static final double START = 1.5;
    /** What a worker is expected to take that is started for one sample, for the plan alone. */
    private static final double NEW_WORKER = 6;

    private final Options options;
    private final List<Candidate> candidates;
    private final Workers workers;
    private final Starts starts;
    private final Progress progress;
    private final Map<String, String> versions = new TreeMap<>();
    /** By runtime and reason, the workloads. */
    private final Map<String, Map<String, List<String>>> undone = new LinkedHashMap<>();
    private final List<Measurement> measurements = new ArrayList<>();

    Benchmark(Options options, List<Candidate> candidates, Workers workers, Starts starts, Progress progress) {
        this.options = options;
        this.candidates = candidates;
        this.workers = workers;
        this.starts = starts;
        this.progress = progress;
    }

    /** The seconds that it should take, without what is around the samples. */
    static double planned(Options options, List<Candidate> candidates) {
        return options.workloads().stream()
                .flatMap(workload -> workload.cases().stream())
                .mapToDouble(
                        each -> candidates.stream()
                                .filter(one -> isFor(each.workload(), one))
                                .mapToDouble(one -> one(options, each, one))
                                .sum())
                .sum();
    }

    private static double one(Options options, Workload.Case what, Candidate candidate) {
        return warmUp(options, what.workload(), candidate) + options.rounds() * round(options, what.workload());
    }

    private static double warmUp(Options options, Workload workload, Candidate candidate) {
        return switch (workload.place()) {
            case WORKER, INSTALLER -> candidate.warmUp(options.warmUp());
            case NEW_WORKER -> 0;
            case FRESH, FRESH_NO_AOT -> START;
        };
    }

    private static double round(Options options, Workload workload) {
        return switch (workload.place()) {
            case WORKER, INSTALLER -> options.seconds();
            case NEW_WORKER -> NEW_WORKER;
            case FRESH, FRESH_NO_AOT -> START;
        };
    }

    /** Whether the workload makes sense for the runtime, whatever it can do. */
    private static boolean isFor(Workload workload, Candidate candidate) {
        return switch (workload.place()) {
            case WORKER, NEW_WORKER -> true;
            case FRESH -> !candidate.python().isEmpty();
            case FRESH_NO_AOT -> candidate.name().equals(Candidates.OURS);
            case INSTALLER -> !candidate.installer().isEmpty();
        };
    }

    /** @param afterEach gets what there is, after each workload */
    void run(Consumer<Benchmark> afterEach) {
        for (Workload workload : options.workloads()) {
            workload.cases().forEach(this::measure);
            afterEach.accept(this);
        }
    }

    List<Measurement> measurements() {
        return List.copyOf(measurements);
    }

    /** What a runtime says of itself; null where it has not run. */
    String version(String runtime) {
        return versions.get(runtime);
    }

    /** What a runtime could not do, a line for each reason. */
    List<String> undone(String runtime) {
        return undone.getOrDefault(runtime, Map.of()).entrySet().stream()
                .map(each -> String.join(", ", each.getValue()) + ": " + each.getKey())
                .toList();
    }

    private void measure(Workload.Case what) {
        var turns = new ArrayList<Turn>();
        for (Candidate each : candidates) {
            if (isFor(what.workload(), each)) {
                turns.add(new Turn(each));
            }
        }
        int all = turns.size();
        for (Turn each : List.copyOf(turns)) {
            progress.doing(what + ", " + each.candidate.name() + ", warm-up (" + (turns.indexOf(each) + 1) + " of "
                    + all + ")");
            each.begin(what);
        }
        turns.removeIf(each -> each.isLeftOut);
        for (int round = 1; round <= options.rounds(); round++) {
            for (Turn each : turns) {
                progress.doing(what + ", " + each.candidate.name() + ", round " + round + " of " + options.rounds());
                each.round(what);
            }
            Collections.rotate(turns, -1);
        }
        turns.forEach(each -> each.end(what));
        turns.sort((one, other) -> candidates.indexOf(one.candidate) - candidates.indexOf(other.candidate));
        turns.forEach(each -> measurements
                .add(Measurement.of(what, each.candidate.name(), each.warmUp, each.samples, each.note,
                        each.failure)));
    }

    /** One runtime in one case. */
    private final class Turn {
        final Candidate candidate;
        final List<Sample> warmUp = new ArrayList<>();
        final List<Sample> samples = new ArrayList<>();
        boolean isLeftOut;
        String note;
        String failure;
        private Worker worker;
        /** Seconds of the plan. */
        private double spent;

        Turn(Candidate candidate) {
            this.candidate = candidate;
        }

        void begin(Workload.Case what) {
            try {
                worker = workers.of(candidate, what.workload().place());
                if (worker != null) {
                    versions.putIfAbsent(candidate.name(), worker.hello());
                    if (!worker.does(what.workload().name())) {
                        leaveOut(what, worker.whyNot(what.workload().name()));
                        return;
                    }
                }
                double seconds = Benchmark.warmUp(options, what.workload(), candidate);
                if (what.workload().place() == Workload.Place.WORKER) {
                    askInParts(what, seconds);
                } else if (seconds > 0) {
                    ask(what, seconds);
                }
                did(seconds);
            } catch (WorkerException failed) {
                fail(what, failed);
            }
        }

        private void askInParts(Workload.Case what, double seconds) throws WorkerException {
            for (double left = seconds; left > 0; left -= warmUp.getLast().wall()) {
                warmUp.add(ask(what, Math.min(PART, left)));
                if (warmUp.getLast().wall() <= 0) {
                    // A reading takes no time, and needs no warm-up.
                    warmUp.clear();
                    return;
                }
            }
        }

        void round(Workload.Case what) {
            if (failure != null) {
                return;
            }
            try {
                samples.add(ask(what, options.seconds()));
                did(Benchmark.round(options, what.workload()));
            } catch (WorkerException failed) {
                samples.clear();
                fail(what, failed);
            }
        }

        private void did(double seconds) {
            spent += seconds;
            progress.did(seconds);
        }

        private Sample ask(Workload.Case what, double seconds) throws WorkerException {
            return switch (what.workload().place()) {
                case WORKER -> answered(worker.run(what, seconds));
                // Of these the process uses most of its time for what is not measured.
                case INSTALLER -> answered(worker.run(what, seconds)).withoutProcessor();
                case NEW_WORKER -> {
                    try (Worker another = workers.another(candidate)) {
                        yield answered(another.run(what, seconds)).withoutProcessor();
                    }
                }
                case FRESH, FRESH_NO_AOT -> starts.sample(candidate, what.workload(), workers.log(candidate.name()));
            };
        }

        private Sample answered(Worker.Answer answer) {
            note = answer.note();
            return answer.sample();
        }

        /** Frees what the workload holds, also in a worker that failed at it. */
        void end(Workload.Case what) {
            if (worker != null && options.fresh()) {
                worker.close();
            } else if (worker != null && worker.isAlive()) {
                try {
                    worker.close(what.workload().name());
                } catch (WorkerException failed) {
                    worker.close();
                    progress.say(what + ", " + candidate.name() + " was ended, as it did not close what it had open: "
                            + failed.getMessage());
                }
            }
        }

        private void leaveOut(Workload.Case what, String reason) {
            isLeftOut = true;
            List<String> workloads = undone.computeIfAbsent(candidate.name(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(reason == null ? "not there" : reason, _ -> new ArrayList<>());
            if (!workloads.contains(what.workload().name())) {
                workloads.add(what.workload().name());
            }
            progress.skip(one(options, what, candidate) - spent);
        }

        private void fail(Workload.Case what, WorkerException failed) {
            failure = failed.getMessage();
            progress.say(what + ", " + candidate.name() + " failed: " + failure);
            progress.skip(one(options, what, candidate) - spent);
        }
    }
}
