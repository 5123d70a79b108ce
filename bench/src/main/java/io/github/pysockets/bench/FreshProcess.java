package io.github.pysockets.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a command to its end, and says what that took. */
final class FreshProcess {
    private static final int LIMIT = 120;
    /** Linux counts processor time in hundredths of a second for every program. */
    private static final double TICKS = 100;
    /** Where /proc/self/stat has the time of ended children, after the name in parentheses. */
    private static final int CHILDREN_USER = 13;
    private static final int CHILDREN_SYSTEM = 14;

    private FreshProcess() {}

    /** @param log the file that gets what the process prints on standard error */
    static Sample run(List<String> command, Map<String, String> environment, Path log) throws WorkerException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            Double before = endedChildren();
            long start = System.nanoTime();
            Process process = builder.start();
            if (!process.waitFor(LIMIT, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new WorkerException("did not end in " + LIMIT + " s");
            }
            double wall = (System.nanoTime() - start) / 1e9;
            if (process.exitValue() != 0) {
                throw new WorkerException("ended with status " + process.exitValue());
            }
            Double after = endedChildren();
            return new Sample(1, 0, wall, before == null || after == null ? null : after - before, null);
        } catch (IOException failed) {
            throw new WorkerException("cannot be started: " + failed.getMessage(), failed);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new WorkerException("interrupted", ending);
        }
    }

    /** Seconds of processor time of this process's children that have ended; null where there is no /proc. */
    private static Double endedChildren() {
        try {
            String text = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ");
            return (Long.parseLong(fields[CHILDREN_USER]) + Long.parseLong(fields[CHILDREN_SYSTEM])) / TICKS;
        } catch (IOException none) {
            return null;
        }
    }
}
