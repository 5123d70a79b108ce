package io.github.pysockets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The folder python-tests. */
final class PythonFiles {
    static final Path FOLDER = ScriptContexts.ROOT.resolve("python-tests").toAbsolutePath();

    private static final String SUFFIX = ".py";

    private PythonFiles() {}

    /** The names of the modules with cases, sorted. */
    static List<String> testModules() {
        return modules("test_");
    }

    /** The names of the modules that begin with {@code prefix}, sorted. */
    static List<String> modules(String prefix) {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(prefix) && name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The text of a module, or null where there is none. */
    static String textOrNull(String module) {
        Path file = FOLDER.resolve(module + SUFFIX);
        try {
            return Files.exists(file) ? Files.readString(file) : null;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
