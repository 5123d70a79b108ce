package io.github.pysockets.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The runtimes, in the order of the table's columns. */
final class Candidates {
    static final String OURS = "pysockets";
    static final String OURS_COMPILED = "pysockets-jit";
    static final String OURS_JYTHON = "pysockets-jython";
    static final String REFERENCE = "cpython";
    /** With what runs on Jython, which is of its age. */
    static final String REFERENCE_2 = "cpython2";
    /** What the names of GraalPy's own sockets begin with. */
    static final String OWN = "graalpy-";
    static final String OWN_COMPILED = OWN + "jit";
    /** Jython's own sockets. */
    static final String JYTHON = "jython";

    static final List<String> NAMES = List.of(
            OURS, OURS_COMPILED, "pysockets-embedded", "pysockets-policy", "pysockets-nio",
            OWN + "native", OWN + "java", OWN_COMPILED,
            REFERENCE,
            OURS_JYTHON, JYTHON, REFERENCE_2, "java");

    private Candidates() {}

    /** @param cpython the command that the user named, or null to look for one */
    static Candidate find(String name, String cpython) {
        Path worker = Project.WORKLOADS.resolve("worker.py");
        return switch (name) {
            case OURS -> command(worker);
            case OURS_JYTHON -> jythonCommand(worker);
            case OURS_COMPILED, OWN_COMPILED -> compiled(name, worker);
            case REFERENCE -> Cpython.find(cpython, worker);
            case REFERENCE_2 -> Cpython2.find(worker);
            case JYTHON -> jython(worker);
            case "java" -> Candidate.found(name, Project.program("worker.Main"), List.of(), List.of());
            default -> {
                List<String> python = Project.program("EmbeddedPython", name);
                yield Candidate.found(name, with(python, worker.toString()), python,
                        name.startsWith(OWN) ? List.of() : Project.program("Installer", name));
            }
        };
    }

    private static Candidate command(Path worker) {
        String file = Project.ROOT.resolve("pysockets").toString();
        return Candidate.found(OURS, List.of(file, worker.toString()), List.of(file),
                Project.program("Installer", OURS));
    }

    private static Candidate jythonCommand(Path worker) {
        List<String> python = List.of(Project.ROOT.resolve("pysockets").toString(), "--jython");
        return Candidate.found(OURS_JYTHON, with(python, worker.toString()), python, List.of());
    }

    private static Candidate compiled(String name, Path worker) {
        if (!Project.compiles()) {
            return Candidate.missing(name,
                    "./pysockets does not run with PYSOCKETS_JIT=on here; bench/target/jit.log says why.");
        }
        List<String> python = name.equals(OURS_COMPILED)
                ? List.of("env", "PYSOCKETS_JIT=on", Project.ROOT.resolve("pysockets").toString())
                : Project.compiledProgram("EmbeddedPython", OWN + "native");
        return Candidate.found(name, with(python, worker.toString()), python, List.of());
    }

    /** Not on the class path of anything else: it has another ASM, ANTLR and Guava inside. */
    private static Candidate jython(Path worker) {
        Path folder = Project.BENCH.resolve("target/jython");
        if (Files.isDirectory(folder)) {
            try (var jars = Files.newDirectoryStream(folder, "jython*.jar")) {
                for (Path jar : jars) {
                    List<String> python = Project.java("-Dpython.cachedir=" + folder.resolve("cache"),
                            "-Dpython.console.encoding=UTF-8", "-jar", jar.toString());
                    return Candidate.found(JYTHON, with(python, worker.toString()), python, List.of());
                }
            } catch (IOException unreadable) {
                return Candidate.missing(JYTHON, folder + " cannot be read: " + unreadable.getMessage());
            }
        }
        return Candidate.missing(JYTHON, "its jar is not in " + folder + "; a build of the benchmark puts it there.");
    }

    private static List<String> with(List<String> command, String word) {
        var all = new ArrayList<>(command);
        all.add(word);
        return all;
    }
}
