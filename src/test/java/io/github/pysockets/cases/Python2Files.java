package io.github.pysockets.cases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folder python-tests/python2: as {@link PythonFiles}, for Python 2.7. */
public final class Python2Files {
    public static final Path FOLDER = PythonFiles.PYTHON2;

    /** By the module's name. */
    private static final SortedMap<String, Path> TEST_FILES = testFiles();

    private Python2Files() {}

    /** The names of the modules with cases, sorted. */
    public static List<String> testModules() {
        return List.copyOf(TEST_FILES.keySet());
    }

    /** The folders to import from. */
    public static List<Path> searchPath() {
        return Stream.concat(Stream.of(FOLDER), TEST_FILES.values().stream().map(Path::getParent))
                .distinct()
                .toList();
    }

    private static SortedMap<String, Path> testFiles() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.getFileName().toString().matches("test_\\w+\\.py"))
                    .collect(Collectors.toMap(Python2Files::moduleName, file -> file, (one, other) -> {
                        throw new IllegalStateException("two files of one name: " + one + ", " + other);
                    }, TreeMap::new));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String moduleName(Path file) {
        return file.getFileName().toString().replace(".py", "");
    }
}
