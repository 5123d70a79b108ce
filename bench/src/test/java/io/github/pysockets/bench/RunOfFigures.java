package io.github.pysockets.bench;

import java.util.ArrayList;
import java.util.List;

/** Makes up the results of a run. */
final class RunOfFigures {
    private final List<Results.Participant> runtimes = new ArrayList<>();
    private final List<Measurement> measurements = new ArrayList<>();

    RunOfFigures runtime(String name, String... missing) {
        runtimes.add(new Results.Participant(name, "1.0", List.of(missing)));
        return this;
    }

    RunOfFigures absent(String name, String reason) {
        runtimes.add(new Results.Participant(name, null, List.of(reason)));
        return this;
    }

    /** The figures are seconds for one operation, or operations in one second, as the workload's unit is. */
    RunOfFigures figures(Workload.Case what, String runtime, double... figures) {
        return measured(what, runtime, null, null, figures);
    }

    RunOfFigures measured(Workload.Case what, String runtime, String note, String failure, double... figures) {
        measurements.add(Measurement.of(what, runtime, List.of(), samples(what, figures), note, failure));
        return this;
    }

    /** As figures, after a warm-up of these; its parts of operations take a second each. */
    RunOfFigures warmed(Workload.Case what, String runtime, double[] warmUp, double... figures) {
        measurements.add(Measurement.of(what, runtime, samples(what, warmUp), samples(what, figures), null, null));
        return this;
    }

    private static List<Sample> samples(Workload.Case what, double... figures) {
        var samples = new ArrayList<Sample>();
        for (double each : figures) {
            samples.add(what.workload().unit() == Unit.PER_SECOND
                    ? new Sample((long) each, 0, 1, 0.5, null)
                    : new Sample(1, 0, each, each, null));
        }
        return samples;
    }

    Results results() {
        return new Results("2026-01-02T03:04:05Z", new Results.Machine("Linux", "a processor", 2, 1024, "25"),
                new Results.Settings(6, 3, 0.5), List.copyOf(runtimes), List.copyOf(measurements));
    }

    /** The only case of a workload, or its first. */
    static Workload.Case named(String workload) {
        Workload found =
                Workloads.ALL.stream().filter(each -> each.name().equals(workload)).findFirst().orElseThrow();
        return found.cases().getFirst();
    }
}
