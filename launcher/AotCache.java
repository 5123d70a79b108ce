import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * An AOT cache, with which the JVM starts in half the time (JEP 514). Without the file "key" the cache is not used: its
 * first line says which JDK and which class path it is for, its second one which java command uses it. After a failure
 * the file "failed" is left, whose first line is that key, and which says why. The file "maker" has the identifier of
 * the process that makes the cache.
 */
final class AotCache {
    private final Path folder;
    private final Path cache;
    private final Path key;
    private final Path failed;

    AotCache(Path folder) {
        this.folder = folder;
        cache = folder.resolve("pysockets.aot");
        key = folder.resolve("key");
        failed = folder.resolve("failed");
    }

    /** The file, which the JVM is to be told. */
    Path file() {
        return cache;
    }

    /** Whether there is a cache for just this. */
    boolean isFor(String wanted, Path jar) throws IOException {
        return firstLine(key).equals(wanted) && !Build.isNewer(jar, cache, "") && Files.isExecutable(java());
    }

    /** The java command that uses the cache. */
    Path java() throws IOException {
        List<String> lines = Files.readAllLines(key);
        return Path.of(lines.size() < 2 ? "" : lines.get(1));
    }

    /** Whether an attempt is worth it: none has failed for this. */
    boolean isWorthMaking(String wanted, Path jar) throws IOException {
        return !firstLine(failed).equals(wanted) || Build.isNewer(jar, failed, "");
    }

    private static String firstLine(Path file) throws IOException {
        List<String> lines = Files.isRegularFile(file) ? Files.readAllLines(file) : List.of();
        return lines.isEmpty() ? "" : lines.getFirst();
    }

    /**
     * Makes it. One process at a time works here; a second one ends at once.
     *
     * @param command the JVM, its options, the main class and what it is to run; one that writes the cache gets the
     * option for that as its first
     * @param image the run-time image whose java command replaces the JVM, made where it is missing; null for none
     */
    void make(String keyText, List<String> command, RuntimeImage image) throws Exception {
        try (Lock lock = Lock.takeIfFree(folder.resolve("lock"))) {
            if (lock == null) {
                return;
            }
            Path maker = folder.resolve("maker");
            // Where the script has not written it, or another one has since.
            Files.writeString(maker, ProcessHandle.current().pid() + "\n");
            try {
                removeOld();
                make(folder.resolve("new." + ProcessHandle.current().pid()), keyText, command, image);
            } finally {
                removeOld();
                Files.deleteIfExists(maker);
            }
        }
    }

    private void make(Path made, String keyText, List<String> command, RuntimeImage image) throws Exception {
        Path log = Files.writeString(folder.resolve("log"), keyText + "\n");
        try {
            var line = new ArrayList<>(command);
            if (image != null) {
                Path java = image.makeIfMissing(log).resolve("bin").resolve(Path.of(line.getFirst()).getFileName());
                line.set(0, java.toString());
            }
            String java = line.getFirst();
            line.add(1, "-XX:AOTCacheOutput=" + made);
            run(line, log);
            if (!Files.isRegularFile(made) || Files.size(made) == 0) {
                throw new IOException("No cache was written.");
            }
            Files.deleteIfExists(failed);
            Files.deleteIfExists(key);
            Files.move(made, cache, StandardCopyOption.REPLACE_EXISTING);
            Path newKey = Files.writeString(folder.resolve("new.key"), keyText + "\n" + java + "\n");
            Files.move(newKey, key, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            Files.writeString(log, failure + "\n", StandardOpenOption.APPEND);
            Files.copy(log, failed, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The JVM writes the cache when the training run ends, whatever the run's exit status. */
    private static void run(List<String> line, Path log) throws Exception {
        Process process = new ProcessBuilder(line).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        process.getOutputStream().close();
        process.waitFor();
    }

    private void removeOld() throws IOException {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "new.*")) {
            for (Path old : stream) {
                Files.delete(old);
            }
        }
    }

    /** Waits for the process that makes it, or is about to, if there is one. */
    void await() throws IOException {
        Path maker = folder.resolve("maker");
        if (Files.isRegularFile(maker)) {
            String pid = Files.readString(maker).strip();
            ProcessHandle.of(pid.isEmpty() ? 0 : Long.parseLong(pid)).filter(AotCache::isMaker).ifPresent(found -> {
                System.err.println("pysockets: waiting for the AOT cache ...");
                found.onExit().join();
            });
        }
    }

    /** Whether it is not another process, which has got the number since. */
    private static boolean isMaker(ProcessHandle process) {
        return process.info().commandLine().orElse("").contains("Prepare");
    }
}
