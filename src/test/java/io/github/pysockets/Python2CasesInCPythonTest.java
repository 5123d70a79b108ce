package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.pysockets.cases.Python2Files;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cases in python-tests/python2 pass in CPython 2.7: that shows that they are right. */
final class Python2CasesInCPythonTest {
    private static final long LIMIT_SECONDS = 180;
    private static final String IS_CPYTHON_2 = "import platform, sys; "
            + "sys.exit(sys.version_info[:2] != (2, 7) or platform.python_implementation() != 'CPython')";

    @TempDir
    private Path folder;

    @Test
    void theCasesPassInCPython() throws Exception {
        String python = cpython();
        Path output = folder.resolve("output");
        int status = run(output, python, "-E", "-s", "-B", Python2Files.FOLDER.resolve("run.py").toString());
        assertEquals(0, status, Files.readString(output));
    }

    /** The command of a CPython 2.7: PYSOCKETS_CPYTHON2, or one of PATH and the usual folders. */
    private String cpython() throws Exception {
        List<String> candidates = new ArrayList<>();
        String named = System.getenv("PYSOCKETS_CPYTHON2");
        candidates.addAll(named == null ? List.of("python2.7", "python2", "python") : List.of(named));
        Path versions = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
        if (Files.isDirectory(versions)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(versions, "2.7*")) {
                found.forEach(version -> candidates.add(version.resolve("bin/python2.7").toString()));
            }
        }
        candidates.addAll(List.of("/usr/bin/python2.7", "/usr/local/bin/python2.7"));
        for (String candidate : candidates) {
            if (isCPython2(candidate)) {
                return candidate;
            }
        }
        return abort("no CPython 2.7 found; PYSOCKETS_CPYTHON2 says where one is");
    }

    private boolean isCPython2(String command) throws Exception {
        try {
            return run(folder.resolve("probe"), command, "-E", "-s", "-B", "-c", IS_CPYTHON_2) == 0;
        } catch (IOException notThere) {
            return false;
        }
    }

    private static int run(Path output, String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(
                        "not at its end after " + LIMIT_SECONDS + " s:\n" + Files.readString(output));
            }
        } finally {
            process.destroyForcibly();
        }
        return process.exitValue();
    }
}
