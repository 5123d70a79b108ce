package io.github.pysockets.cases;

import io.github.pysockets.fixtures.ScriptContexts;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder python-tests. A module with cases lies in the folder of its subject and is imported by its own name, as
 * that folder is on Python's path; a package named after its subject would hide the module that it tests. What the
 * modules share is the package {@code support}.
 */
public final class PythonFiles {
    public static final Path FOLDER = ScriptContexts.ROOT.resolve("python-tests").toAbsolutePath();

    /** The files for another Python: see {@link Python2Files}. */
    static final Path PYTHON2 = FOLDER.resolve("python2");

    private static final String SUFFIX = ".py";

    /** By the module's name. */
    private static final SortedMap<String, Path> TEST_FILES = testFiles();

    private PythonFiles() {}

    /** The names of the modules with cases, sorted. No two files have the same name. */
    public static List<String> testModules() {
        return TEST_FILES.keySet().stream().toList();
    }

    /** Those in the folder of a subject. */
    public static List<String> testModulesIn(String subject) {
        return TEST_FILES.entrySet().stream()
                .filter(file -> file.getValue().getParent().endsWith(subject))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The folders to import from, as the option {@code python.PythonPath} takes them. */
    public static String searchPath() {
        Stream<Path> subjects = TEST_FILES.values().stream().map(Path::getParent).distinct();
        return Stream.concat(Stream.of(FOLDER), subjects)
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** All files with Python code that lie in a folder below, as {@code folder/file.py}, sorted. */
    public static List<String> all() {
        return files().stream().map(file -> FOLDER.relativize(file).toString().replace('\\', '/')).toList();
    }

    /** The text of a file that can be imported, such as test_tcp.py or support/streams.py, or null without one. */
    public static String textOrNull(String file) {
        Path testFile = TEST_FILES.get(file.substring(0, file.length() - SUFFIX.length()));
        Path found = testFile == null ? FOLDER.resolve(file) : testFile;
        return Files.exists(found) ? text(found) : null;
    }

    /** The text of a file that {@link #all} names. */
    public static String text(String file) {
        return text(FOLDER.resolve(file));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static SortedMap<String, Path> testFiles() {
        return files().stream()
                .filter(file -> file.getFileName().toString().startsWith("test_"))
                .collect(Collectors.toMap(PythonFiles::moduleName, file -> file, (one, other) -> {
                    throw new IllegalStateException("two files of one name: " + one + ", " + other);
                }, TreeMap::new));
    }

    private static String moduleName(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    private static List<Path> files() {
        try (Stream<Path> files = Files.walk(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(SUFFIX))
                    .filter(file -> !file.getParent().equals(FOLDER) && !file.startsWith(PYTHON2))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
