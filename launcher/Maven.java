import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command mvn. */
final class Maven {
    private final Path command;

    private Maven(Path command) {
        this.command = command;
    }

    /** The first on PATH; on Windows it is a script with an ending. */
    static Maven find(String purpose) throws Prepare.Failure {
        List<String> names = File.separatorChar == '\\' ? List.of("mvn.cmd", "mvn.bat") : List.of("mvn");
        String path = System.getenv().getOrDefault("PATH", "");
        for (String folder : path.split(File.pathSeparator)) {
            for (String name : names) {
                Path command = Path.of(folder, name).toAbsolutePath();
                if (Files.isRegularFile(command) && Files.isExecutable(command)) {
                    return new Maven(command);
                }
            }
        }
        throw new Prepare.Failure("Maven is needed to " + purpose + ", and there is no mvn on PATH.");
    }

    /** Runs it; shows what it has said, and fails, where it does. */
    void run(Path folder, Path log, String failure, List<String> words) throws Exception {
        var line = new ArrayList<>(List.of(command.toString(), "-q"));
        line.addAll(words);
        var builder = new ProcessBuilder(line).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(log.toFile());
        if (builder.environment().getOrDefault("JAVA_HOME", "").isEmpty()) {
            // Maven runs on any java, but looks for a JDK that is new enough in fewer places than the scripts do.
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        }
        Process process = builder.start();
        process.getOutputStream().close();
        if (process.waitFor() != 0) {
            copy(log);
            throw new Prepare.Failure(failure);
        }
    }

    private static void copy(Path log) throws IOException {
        System.err.write(Files.readAllBytes(log));
        System.err.flush();
    }
}
