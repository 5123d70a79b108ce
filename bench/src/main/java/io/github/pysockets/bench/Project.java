package io.github.pysockets.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Where things are, and how a JVM is started. bench/run passes both in system properties. */
final class Project {
    static final Path ROOT = Path.of(System.getProperty("bench.root", "."));
    static final Path BENCH = ROOT.resolve("bench");
    static final Path WORKLOADS = BENCH.resolve("workloads");

    private static final String PACKAGE = Project.class.getPackageName() + ".";

    private Project() {}

    /** The command of a JVM with the same flags as that of ./pysockets, which is the one that this process has. */
    static List<String> java(String... words) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String flags = System.getProperty("bench.flags", "");
        if (!flags.isEmpty()) {
            // The name of a file of options, which may have spaces.
            command.add(flags);
        }
        command.addAll(List.of(words));
        return command;
    }

    /** Whether the JVM can compile Python, by the GraalPy that ./pysockets has with PYSOCKETS_JIT=on. */
    static boolean compiles() {
        return !System.getProperty("bench.modules", "").isEmpty();
    }

    /** As {@link #program}, on a JVM that compiles Python. */
    static List<String> compiledProgram(String main, String... words) {
        Path target = ROOT.resolve("target");
        String classPath = String.join(":", BENCH.resolve("target/classes").toString(),
                target.resolve("classes").toString(), target.resolve("jit/lib").toString() + "/*");
        // GraalPy as it is, with its own limits.
        var command = java(System.getProperty("bench.jit"), "-Dpolyglot.engine.FirstTierCompilationThreshold=400",
                "-Dpolyglot.engine.FirstTierMinInvokeThreshold=1");
        command.addAll(List.of("--upgrade-module-path=" + System.getProperty("bench.modules"), "-cp", classPath,
                PACKAGE + main));
        command.addAll(List.of(words));
        return command;
    }

    /** The command of a program of the benchmark; {@code main} without the package that all of them are in. */
    static List<String> program(String main, String... words) {
        var command = java("-cp", System.getProperty("java.class.path"), PACKAGE + main);
        command.addAll(List.of(words));
        return command;
    }
}
