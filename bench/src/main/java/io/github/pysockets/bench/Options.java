package io.github.pysockets.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.DoublePredicate;

/** What the command line asks for. */
final class Options {
    static final String HELP = """
            usage: bench/run [option] ...

            Measures PySockets beside CPython, GraalPy's own socket, Jython and plain Java, and prints a table of
            medians and ratios. The table, all figures as JSON and a plot of how cost grows go to a folder in
            bench/target/results. bench/jmh measures the Java layers alone.

              --workloads A,B    only these workloads
              --runtimes X,Y     only these runtimes
              --quick            a first look: warm-up 2 s, 3 rounds of 0.3 s
              --warm-up S        seconds of warm-up for each runtime and workload (default 6); twice that where
                                 Python is compiled, at most 1 for CPython
              --fresh            a new process for each runtime and workload, so that each begins cold
              --rounds N         rounds that count (default 5)
              --seconds S        seconds of each round (default 1)
              --cpython FILE     the python command of the CPython to compare with; without it one is looked for
              --out FOLDER       where the results go
              --list             print the workloads and the runtimes, measure nothing
              --plot FILE        draw the plot of a results.json again, and print its table
              --help             this text

            Exit status: 0 all was measured or named as left out, 1 something failed, 2 a wrong command line.
            """;

    /** What to do. */
    enum Action {
        MEASURE, LIST, PLOT, HELP
    }

    private Action action = Action.MEASURE;
    private List<Workload> workloads = Workloads.ALL;
    private List<String> runtimes = Candidates.NAMES;
    private double warmUp = 6;
    private boolean fresh;
    private int rounds = 5;
    private double seconds = 1;
    private String cpython;
    private Path out;
    private Path plot;

    private Options() {}

    static Options parse(List<String> words) throws UsageException {
        var options = new Options();
        if (words.contains("--quick")) {
            // First, so that the other options override it wherever it stands.
            options.warmUp = 2;
            options.rounds = 3;
            options.seconds = 0.3;
        }
        for (Iterator<String> rest = words.iterator(); rest.hasNext();) {
            options.take(rest.next(), rest);
        }
        return options;
    }

    private void take(String word, Iterator<String> rest) throws UsageException {
        int equals = word.startsWith("--") ? word.indexOf('=') : -1;
        String name = equals < 0 ? word : word.substring(0, equals);
        Iterator<String> values = equals < 0 ? rest : List.of(word.substring(equals + 1)).iterator();
        switch (name) {
            // --works is its older name.
            case "--workloads", "--works" -> workloads = named(value(name, values));
            case "--runtimes" -> runtimes = known("runtime", split(value(name, values)), Candidates.NAMES);
            case "--warm-up" -> warmUp = number(name, value(name, values), given -> given >= 0);
            case "--rounds" -> rounds = (int) number(name, value(name, values),
                    given -> given >= 1 && given == Math.rint(given) && given <= 1_000_000);
            case "--seconds" -> seconds = number(name, value(name, values), given -> given > 0);
            case "--cpython" -> cpython = value(name, values);
            case "--out" -> out = Path.of(value(name, values));
            case "--plot" -> {
                action = Action.PLOT;
                plot = Path.of(value(name, values));
            }
            default -> {
                if (equals >= 0 && List.of("--quick", "--fresh", "--list", "--help").contains(name)) {
                    throw new UsageException(name + " takes no value.");
                }
                switch (word) {
                    case "--quick" -> {
                        // Taken before all others.
                    }
                    case "--fresh" -> fresh = true;
                    case "--list" -> action = Action.LIST;
                    case "--help", "-h" -> action = Action.HELP;
                    default -> throw new UsageException(word.startsWith("-")
                            ? "there is no option " + name + "; --help names those there are."
                            : "\"" + word + "\" is no option, and nothing else is expected; see --help.");
                }
            }
        }
    }

    private static String value(String name, Iterator<String> values) throws UsageException {
        if (!values.hasNext()) {
            throw new UsageException(name + " needs a value after it.");
        }
        return values.next();
    }

    private static double number(String name, String value, DoublePredicate fits) throws UsageException {
        try {
            double number = Double.parseDouble(value);
            if (fits.test(number) && Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException wrong) {
            // Told below.
        }
        throw new UsageException(name + " cannot be \"" + value + "\".");
    }

    private static List<String> split(String value) {
        return List.of(value.split(",")).stream().map(String::strip).filter(word -> !word.isEmpty()).toList();
    }

    private static List<Workload> named(String value) throws UsageException {
        List<String> names = known("workload", split(value), Workloads.ALL.stream().map(Workload::name).toList());
        return Workloads.ALL.stream().filter(each -> names.contains(each.name())).toList();
    }

    private static List<String> known(String kind, List<String> given, List<String> all) throws UsageException {
        if (given.isEmpty()) {
            throw new UsageException("no " + kind + " is named.");
        }
        var unknown = new ArrayList<>(given);
        unknown.removeAll(all);
        if (!unknown.isEmpty()) {
            throw new UsageException("there is no " + kind + " named " + String.join(", ", unknown)
                    + "; --list names those there are.");
        }
        return all.stream().filter(given::contains).toList();
    }

    Action action() {
        return action;
    }

    List<Workload> workloads() {
        return workloads;
    }

    List<String> runtimes() {
        return runtimes;
    }

    double warmUp() {
        return warmUp;
    }

    /** Whether each workload begins in a new process. */
    boolean fresh() {
        return fresh;
    }

    int rounds() {
        return rounds;
    }

    double seconds() {
        return seconds;
    }

    /** The command that the user named, or null. */
    String cpython() {
        return cpython;
    }

    /** The folder that the user named, or null. */
    Path out() {
        return out;
    }

    /** The file to draw again. */
    Path plot() {
        return plot;
    }
}
