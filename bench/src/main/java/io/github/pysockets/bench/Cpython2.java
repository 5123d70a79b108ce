package io.github.pysockets.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks for a CPython 2.7. */
final class Cpython2 {
    private Cpython2() {}

    static Candidate find(Path worker) {
        return commands().stream()
                .filter(command -> "cpython 2 7".equals(Cpython.version(command)))
                .findFirst()
                .map(command -> Candidate.found(
                        Candidates.REFERENCE_2, List.of(command, worker.toString()), List.of(command), List.of()))
                .orElseGet(() -> Candidate.missing(
                        Candidates.REFERENCE_2, "there is no CPython 2.7 on PATH, and pyenv has none."));
    }

    private static List<String> commands() {
        var all = new ArrayList<>(List.of("python2.7", "python2", "python"));
        String pyenv = System.getenv().getOrDefault("PYENV_ROOT", System.getProperty("user.home") + "/.pyenv");
        try (var versions = Files.newDirectoryStream(Path.of(pyenv, "versions"), "2.7*")) {
            versions.forEach(folder -> all.add(folder.resolve("bin/python2.7").toString()));
        } catch (IOException none) {
            // Most have no pyenv.
        }
        return all;
    }
}
