import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * An AOT cache, with which the JVM starts in half the time (JEP 514). Without the file "key" the cache is not used; it
 * says which JDK and which class path it is for. After a failure the file "failed" is left, and says why. The file
 * "maker" has the identifier of the process that makes the cache.
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
        return Files.isRegularFile(key) && Files.readString(key).strip().equals(wanted)
                && !Build.isNewer(jar, cache, "");
    }

    /** Whether an attempt is worth it: none has failed with this jar. */
    boolean isWorthMaking(Path jar) throws IOException {
        return Build.isNewer(jar, failed, "");
    }

    /**
     * Makes it. One process at a time works here; a second one ends at once.
     *
     * @param command the JVM, its options, the main class and what it is to run; one that writes the cache gets the
     * option for that as its first
     */
    void make(String keyText, List<String> command) throws Exception {
        try (Lock lock = Lock.takeIfFree(folder.resolve("lock"))) {
            if (lock == null) {
                return;
            }
            Path maker = folder.resolve("maker");
            // Where the script has not written it, or another one has since.
            Files.writeString(maker, ProcessHandle.current().pid() + "\n");
            try {
                removeOld();
                make(folder.resolve("new." + ProcessHandle.current().pid()), keyText, command);
            } finally {
                removeOld();
                Files.deleteIfExists(maker);
            }
        }
    }

    private void make(Path made, String keyText, List<String> command) throws Exception {
        var line = new ArrayList<>(command);
        line.add(1, "-XX:AOTCacheOutput=" + made);
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
        process.getOutputStream().close();
        // The JVM writes the cache when the training run ends, whatever the run's exit status.
        process.waitFor();
        if (Files.isRegularFile(made) && Files.size(made) > 0) {
            Files.deleteIfExists(failed);
            Files.deleteIfExists(key);
            Files.move(made, cache, StandardCopyOption.REPLACE_EXISTING);
            Path newKey = Files.writeString(folder.resolve("new.key"), keyText + "\n");
            Files.move(newKey, key, StandardCopyOption.ATOMIC_MOVE);
        } else {
            Files.write(log, "No cache was written.\n".getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
            Files.copy(log, failed, StandardCopyOption.REPLACE_EXISTING);
        }
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
