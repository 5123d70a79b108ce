package io.github.pysockets.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Looks for a CPython: 3.12 if there is one, as that is what PySockets is compared with, or else any that is not too
 * old.
 */
final class Cpython {
    private static final String QUESTION = "import platform, sys; "
            + "print('%s %d %d' % ((platform.python_implementation().lower(),) + sys.version_info[:2]))";

    private Cpython() {}

    /** @param given the command that the user named, or null to look for one */
    static Candidate find(String given, Path worker) {
        if (given != null) {
            String found = version(given);
            return isNewEnough(found)
                    ? candidate(given, worker)
                    : Candidate.missing("cpython",
                            given + (found == null
                                    ? " does not run."
                                    : " is " + found + ", and no CPython 3.9 or newer."));
        }
        String best = null;
        for (String command : commands()) {
            String found = version(command);
            if ("cpython 3 12".equals(found)) {
                return candidate(command, worker);
            }
            if (best == null && isNewEnough(found)) {
                best = command;
            }
        }
        return best == null
                ? Candidate.missing("cpython", "there is no CPython 3.9 or newer on PATH; --cpython FILE names one.")
                : candidate(best, worker);
    }

    private static Candidate candidate(String command, Path worker) {
        return Candidate.found("cpython", List.of(command, worker.toString()), List.of(command), List.of());
    }

    private static List<String> commands() {
        var all = new ArrayList<>(List.of("python3.12", "python3", "python"));
        String pyenv = System.getenv().getOrDefault("PYENV_ROOT", System.getProperty("user.home") + "/.pyenv");
        try (var versions = Files.newDirectoryStream(Path.of(pyenv, "versions"), "3.12*")) {
            versions.forEach(folder -> all.add(folder.resolve("bin/python3.12").toString()));
        } catch (IOException none) {
            // Most have no pyenv.
        }
        return all;
    }

    /** The name and the version, as in "cpython 3 12"; null where the command does not run. */
    static String version(String command) {
        try {
            Process process = new ProcessBuilder(command, "-E", "-s", "-c", QUESTION)
                    .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? answer : null;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException none) {
            return null;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    static boolean isNewEnough(String version) {
        if (version == null || !version.matches("cpython 3 \\d+")) {
            return false;
        }
        return Integer.parseInt(version.substring("cpython 3 ".length())) >= 9;
    }
}
