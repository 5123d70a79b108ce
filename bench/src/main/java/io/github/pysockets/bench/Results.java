package io.github.pysockets.bench;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run: all that its table and its plot are made from.
 *
 * @param made when it began, UTC
 */
record Results(String made, Machine machine, Settings settings, List<Participant> runtimes,
        List<Measurement> measurements) {

    /** Where it ran. */
    record Machine(String system, String processor, int processors, long memoryMiB, String java) {}

    /** How it ran; times in seconds. */
    record Settings(double warmUp, int rounds, double seconds) {}

    /**
     * A runtime that was asked for.
     *
     * @param version what it says of itself, or else what it is; null where it was not measured
     * @param missing why it was not measured, or what it cannot do; empty where it did all
     */
    record Participant(String name, String version, List<String> missing) {}

    static Results read(Path file) throws IOException, UsageException {
        try {
            Results read = new GsonBuilder().create().fromJson(Files.readString(file), Results.class);
            if (read == null || read.measurements == null || read.runtimes == null) {
                throw new UsageException(file + " has no results of a run.");
            }
            return read;
        } catch (JsonParseException wrong) {
            throw new UsageException(file + " has no results of a run: " + wrong.getMessage());
        }
    }

    String json() {
        return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create().toJson(this) + "\n";
    }

    /** The runtime's measurement, if it has figures. */
    Optional<Measurement> of(String workload, Integer parameter, String runtime) {
        return measurements.stream()
                .filter(each -> each.isOf(workload, parameter) && each.runtime().equals(runtime))
                .filter(each -> each.median() != null)
                .findFirst();
    }

    /** The median of {@code ours}, one of our runtimes, to that of a CPython of its age. */
    Optional<Double> toReference(String workload, Integer parameter, String ours) {
        String reference = ours.equals(Candidates.OURS_JYTHON) ? Candidates.REFERENCE_2 : Candidates.REFERENCE;
        return ratio(workload, parameter, ours, of(workload, parameter, reference));
    }

    /**
     * The median of {@code ours} to that of the interpreter's own sockets: of the best of GraalPy's, where compiled
     * ones count for a compiled one only.
     */
    Optional<Double> toOwn(String workload, Integer parameter, String ours) {
        if (ours.equals(Candidates.OURS_JYTHON)) {
            return ratio(workload, parameter, ours, of(workload, parameter, Candidates.JYTHON));
        }
        Stream<Measurement> own = runtimes.stream()
                .map(Participant::name)
                .filter(name -> name.startsWith(Candidates.OWN))
                .filter(name -> ours.equals(Candidates.OURS_COMPILED) || !name.equals(Candidates.OWN_COMPILED))
                .flatMap(name -> of(workload, parameter, name).stream());
        Comparator<Measurement> byMedian = Comparator.comparing(Measurement::median);
        return ratio(workload, parameter, ours,
                own.min((one, other) -> one.more() ? byMedian.compare(other, one) : byMedian.compare(one, other)));
    }

    private Optional<Double> ratio(String workload, Integer parameter, String ours, Optional<Measurement> other) {
        return of(workload, parameter, ours)
                .flatMap(one -> other.map(theirs -> one.median() / theirs.median()))
                .filter(Objects::nonNull)
                .filter(Double::isFinite);
    }
}
