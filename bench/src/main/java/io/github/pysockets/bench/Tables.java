package io.github.pysockets.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The text that shows a run. */
final class Tables {
    private static final String NONE = "-";

    private final Results results;
    private final List<String> runtimes;
    /** The measurements of a row of the main table, by runtime. */
    private final Map<String, Map<String, Measurement>> rows = new LinkedHashMap<>();
    private final Map<String, Integer> notes = new LinkedHashMap<>();

    Tables(Results results) {
        this.results = results;
        runtimes = results.runtimes()
                .stream()
                .map(Results.Participant::name)
                .filter(name -> results.measurements().stream().anyMatch(one -> one.runtime().equals(name)))
                .toList();
        for (Measurement each : results.measurements()) {
            rows.computeIfAbsent(key(each), _ -> new LinkedHashMap<>()).put(each.runtime(), each);
        }
    }

    private static String key(Measurement one) {
        return one.workload() + "/" + one.parameter();
    }

    /** Medians, ratios, and notes on them. */
    String medians() {
        var table = new TextTable(2);
        var head = new ArrayList<>(List.of("workload", "unit", "size"));
        head.addAll(runtimes);
        List<String> compared =
                Stream.of(Candidates.OURS, Candidates.OURS_COMPILED, Candidates.OURS_JYTHON)
                        .filter(runtimes::contains)
                        .toList();
        compared.forEach(ours -> head.addAll(switch (ours) {
            case Candidates.OURS -> List.of("to cpython", "to graalpy");
            case Candidates.OURS_COMPILED -> List.of("jit to cpython", "jit to graalpy");
            default -> List.of("jython to cpython2", "jython to its own");
        }));
        table.row(head);
        notes.clear();
        for (Map<String, Measurement> row : rows.values()) {
            Measurement any = row.values().iterator().next();
            var cells = new ArrayList<>(List.of(any.workload(), any.unit(), parameter(any)));
            runtimes.forEach(name -> cells.add(cell(row.get(name))));
            for (String ours : compared) {
                cells.add(ratio(results.toReference(any.workload(), any.parameter(), ours).orElse(null)));
                cells.add(ratio(results.toOwn(any.workload(), any.parameter(), ours).orElse(null)));
            }
            table.row(cells);
        }
        var text = new StringBuilder(heading()).append('\n').append(table);
        text.append("""

                Medians. us, ms, s, bytes: less is better; what ends in /s: more is better. "to cpython" and "to
                graalpy" are the figure of pysockets divided by that of cpython, and by the best of GraalPy's own; with
                "jit" that of pysockets-jit. "jython" is that of pysockets-jython, divided by those of cpython2 and of
                jython.
                """);
        if (results.measurements().stream().anyMatch(each -> each.settled() != null)) {
            text.append('\n').append(settling());
        }
        if (!notes.isEmpty()) {
            text.append('\n');
            notes.forEach((note, number) -> text.append('[').append(number).append("] ").append(note).append('\n'));
        }
        return text.toString();
    }

    /** How each workload began, and when it was near its best. */
    private String settling() {
        var table = new TextTable(2);
        var head = new ArrayList<>(List.of("cold", "unit", "size"));
        head.addAll(runtimes);
        table.row(head);
        for (Map<String, Measurement> row : rows.values()) {
            Measurement any = row.values().iterator().next();
            if (row.values().stream().anyMatch(each -> each.settled() != null)) {
                var cells = new ArrayList<>(List.of(any.workload(), any.unit(), parameter(any)));
                runtimes.forEach(name -> cells.add(settled(row.get(name))));
                table.row(cells);
            }
        }
        return table + """

                The figure of the first quarter of a second, and the seconds after which it was within 10 % of the best.
                Workloads share a process, in this order, unless --fresh gives each its own.
                """;
    }

    private static String settled(Measurement one) {
        return one == null || one.settled() == null
                ? NONE
                : Unit.number(one.cold()) + ", " + String.format(Locale.ROOT, "%.1f s", one.settled());
    }

    /** Each measurement with its spread and its processor time. */
    String details() {
        var table = new TextTable(3);
        table.row(List.of("workload", "runtime", "unit", "size", "median", "min", "max", "processor", ""));
        for (Map<String, Measurement> row : rows.values()) {
            for (Measurement each : row.values()) {
                if (each.median() != null) {
                    table.row(List.of(each.workload(), each.runtime(), each.unit(), parameter(each),
                            Unit.number(each.median()), Unit.number(each.min()), Unit.number(each.max()),
                            each.processor() == null ? NONE : Unit.number(each.processor()),
                            each.processor() == null ? "" : each.processorUnit()));
                }
            }
        }
        return table + """

                Processor time is that of all threads of the process, for one operation, message, line or request, or
                for 1 MB; counted in steps of 10 ms.
                """;
    }

    private String heading() {
        Results.Machine machine = results.machine();
        Results.Settings settings = results.settings();
        var text = new StringBuilder();
        text.append("%s, %d x %s, %d MiB, JDK %s; %s%n".formatted(machine.system(), machine.processors(),
                machine.processor(), machine.memoryMiB(), machine.java(), results.made()));
        text.append(String.format(Locale.ROOT, "Warm-up %s s, then %d %s of %s s, the runtimes in turn.%n",
                plain(settings.warmUp()), settings.rounds(), settings.rounds() == 1 ? "round" : "rounds",
                plain(settings.seconds())));
        for (Results.Participant each : results.runtimes()) {
            String version = each.version() == null ? "" : each.version();
            text.append("%-18s %s%n".formatted(each.name(), version.isEmpty() && !each.missing().isEmpty()
                    ? "left out: " + each.missing().getFirst()
                    : version));
            if (!version.isEmpty()) {
                each.missing().forEach(line -> text.append("%-18s without %s%n".formatted("", line)));
            }
        }
        return text.toString();
    }

    private static String plain(double seconds) {
        return seconds == Math.rint(seconds) ? String.valueOf((long) seconds) : String.valueOf(seconds);
    }

    private static String parameter(Measurement one) {
        return one.parameter() == null ? "" : String.format(Locale.ROOT, "%,d", one.parameter());
    }

    private String cell(Measurement one) {
        if (one == null) {
            return NONE;
        }
        if (one.failure() != null) {
            return mark("failed: " + one.failure()) + " failed";
        }
        // Before the figure, so that the digits of a column stay below each other.
        return (one.note() == null ? "" : mark(one.note()) + " ") + Unit.number(one.median());
    }

    /** The number by which the notes below the table have a text. */
    private String mark(String note) {
        Integer known = notes.get(note);
        int number = known == null ? notes.size() + 1 : known;
        notes.put(note, number);
        return "[" + number + "]";
    }

    private static String ratio(Double value) {
        return value == null ? NONE : Unit.number(value) + " x";
    }
}
