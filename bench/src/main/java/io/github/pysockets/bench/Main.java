package io.github.pysockets.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The command bench/run. */
public final class Main {
    private static final int USAGE_ERROR = 2;
    private static final DateTimeFormatter FOLDER =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Options options;
    private final PrintStream err = System.err;

    private Main(Options options) {
        this.options = options;
    }

    /** @param arguments the words of the command line */
    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> words) {
        try {
            Options options = Options.parse(words);
            var main = new Main(options);
            return switch (options.action()) {
                case HELP -> {
                    System.out.print(Options.HELP);
                    yield 0;
                }
                case LIST -> main.list();
                case PLOT -> main.plot();
                case MEASURE -> main.measure();
            };
        } catch (UsageException wrong) {
            System.err.println("bench: " + wrong.getMessage());
            return USAGE_ERROR;
        } catch (IOException failed) {
            System.err.println("bench: cannot read or write: " + failed.getMessage());
            return 1;
        }
    }

    private int list() {
        var workloads = new TextTable(4);
        workloads.row(List.of("workload", "unit", "sizes", ""));
        for (Workload each : Workloads.ALL) {
            workloads.row(List.of(each.name(), each.unitText(),
                    each.parameters().stream().map(String::valueOf).collect(Collectors.joining(" ")), each.text()));
        }
        var runtimes = new TextTable(2);
        runtimes.row(List.of("runtime", ""));
        for (String name : Candidates.NAMES) {
            Candidate candidate = Candidates.find(name, options.cpython());
            runtimes.row(List.of(name,
                    candidate.missing() == null ? described(candidate) : "missing: " + candidate.missing()));
        }
        System.out.print(workloads + "\n" + runtimes);
        return 0;
    }

    private static String described(Candidate candidate) {
        return switch (candidate.name()) {
            case "pysockets" -> "the command ./pysockets";
            case "pysockets-jit" -> "the same with PYSOCKETS_JIT=on";
            case "pysockets-embedded" ->
                "installed into an application's context, with GraalPy's POSIX backend in Java";
            case "pysockets-policy" -> "the same with a policy of two rules";
            case "pysockets-nio" -> "as pysockets-embedded, on the stack of Java's own channels";
            case "graalpy-native" -> "GraalPy's own socket, on its native POSIX backend";
            case "graalpy-java" -> "GraalPy's own socket, on its POSIX backend in Java";
            case "graalpy-jit" -> "as graalpy-native, on the GraalPy of pysockets-jit";
            case "java" -> "plain Java, the limit on a JVM";
            default -> candidate.python().getLast();
        };
    }

    private int plot() throws IOException, UsageException {
        if (!Files.isReadable(options.plot())) {
            throw new UsageException(options.plot() + " cannot be read.");
        }
        Results results = Results.read(options.plot());
        System.out.print(new Tables(results).medians());
        draw(results, options.plot().toAbsolutePath().getParent());
        return 0;
    }

    private int measure() throws IOException {
        List<Candidate> all =
                options.runtimes().stream().map(name -> Candidates.find(name, options.cpython())).toList();
        all.stream()
                .filter(each -> each.missing() != null)
                .forEach(each -> err.println("bench: without " + each.name() + ": " + each.missing()));
        List<Candidate> candidates = all.stream().filter(each -> each.missing() == null).toList();
        if (candidates.isEmpty()) {
            err.println("bench: there is no runtime to measure.");
            return 1;
        }
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Path out = options.out() != null
                ? options.out()
                : Project.BENCH.resolve("target/results").resolve(FOLDER.format(now));
        Files.createDirectories(out);
        var progress = new Progress(err, Boolean.getBoolean("bench.terminal"), Benchmark.planned(options, candidates),
                System::nanoTime);
        // After Ctrl-C too: a worker in the middle of a workload would go on to its end.
        Runtime.getRuntime().addShutdownHook(new Thread(Main::endChildren));
        Results.Machine machine = MachineFacts.gather();
        Results[] last = new Results[1];
        Path scripts = Files.createTempDirectory("bench-scripts-");
        try (Workers workers = new Workers(out)) {
            new Benchmark(options, candidates, workers, new Starts(scripts), progress).run(done -> {
                last[0] = results(now, machine, all, done);
                write(out, last[0]);
            });
        } finally {
            try (var files = Files.newDirectoryStream(scripts)) {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(scripts);
        }
        progress.clear();
        System.out.print(new Tables(last[0]).medians());
        System.out.flush();
        draw(last[0], out);
        err.println("bench: results are in " + out);
        return last[0].measurements().stream().anyMatch(each -> each.failure() != null) ? 1 : 0;
    }

    private Results results(Instant made, Results.Machine machine, List<Candidate> all, Benchmark done) {
        List<Results.Participant> participants = all.stream().map(each -> {
            String version = done.version(each.name());
            return each.missing() != null
                    ? new Results.Participant(each.name(), null, List.of(each.missing()))
                    : new Results.Participant(each.name(), version == null ? described(each) : version,
                            done.undone(each.name()));
        }).toList();
        return new Results(made.toString(), machine,
                new Results.Settings(options.warmUp(), options.rounds(), options.seconds()), participants,
                done.measurements());
    }

    /** Also while the run goes on, so that one that is stopped has not been for nothing. */
    private static void write(Path folder, Results results) {
        try {
            Files.writeString(folder.resolve("results.json"), results.json());
            var tables = new Tables(results);
            Files.writeString(folder.resolve("table.txt"), tables.medians() + "\n" + tables.details());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void draw(Results results, Path folder) throws IOException {
        var plot = new GrowthPlot(results);
        if (!plot.isEmpty()) {
            Path file = Files.writeString(folder.resolve("growth.svg"), plot.svg());
            err.println("bench: the plot is " + file);
        }
    }

    /** A process that is stopped ends once it goes on. */
    private static void endChildren() {
        var goOn = new ArrayList<>(List.of("kill", "-CONT"));
        ProcessHandle.current().descendants().forEach(each -> {
            each.destroy();
            goOn.add(Long.toString(each.pid()));
        });
        try {
            new ProcessBuilder(goOn).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException none) {
            return;
        }
    }
}
