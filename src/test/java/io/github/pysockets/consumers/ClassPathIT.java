package io.github.pysockets.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.consumers.Consumer.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Applications on a class path: in class loaders of their own, with GraalPy's python-embedding, refused by the JVM. */
final class ClassPathIT {
    private static final String NATIVE = "--enable-native-access=ALL-UNNAMED";

    @TempDir
    private static Path classes;

    private static List<Path> path;

    @BeforeAll
    static void compile() throws Exception {
        List<Path> libraries = Consumer.libraries();
        path = Consumer.with(classes, libraries);
        Consumer.compile("--class-path", libraries, classes, Consumer.APPLICATION);
    }

    @Test
    void toldByInstallThatNativeAccessIsDenied() throws Exception {
        Ended ended = Consumer.java(Consumer.UNSAFE, "--illegal-native-access=deny", "-Dpysockets.stack=linux",
                "-Dpolyglotimpl.AttachLibraryFailureAction=ignore", "-cp", Consumer.path(path), Consumer.MAIN);
        String told =
                "Exception in thread \"main\" java.lang.IllegalStateException: PySockets calls the C library, and "
                        + "this JVM denies it native access: start it with --enable-native-access=ALL-UNNAMED.\n";
        assertTrue(ended.err().startsWith(told), ended::toString);
        assertEquals("", ended.out());
    }

    @Test
    void severalClassLoaders(@TempDir Path programs) throws Exception {
        Consumer.compile("--class-path", List.of(programs), programs, Consumer.SOURCES.resolve("loaders/Loaders.java"));
        // GraalVM loads a native library of its own for the first of them only, and would warn.
        List<String> words = new ArrayList<>(List.of(NATIVE, Consumer.UNSAFE,
                "-Dpolyglotimpl.AttachLibraryFailureAction=ignore", "-cp", programs.toString(), "Loaders"));
        path.forEach(entry -> words.add(entry.toString()));
        assertEquals(new Ended(0, Consumer.ANSWER.repeat(3), ""), Consumer.java(words.toArray(String[]::new)));
    }

    @Test
    void modulesOfPythonInAVirtualFileSystem(@TempDir Path programs) throws Exception {
        List<Path> libraries = new ArrayList<>(Consumer.libraries());
        libraries.addAll(pythonEmbedding());
        Path project = Consumer.SOURCES.resolve("python-embedding");
        Consumer.compile("--class-path", libraries, programs, project.resolve("Embedding.java"));
        libraries.addAll(List.of(programs, project));
        assertEquals(new Ended(0, "from a file among the resources\n".repeat(2), ""),
                Consumer.java(NATIVE, Consumer.UNSAFE, "-cp", Consumer.path(libraries), "Embedding"));
    }

    private static List<Path> pythonEmbedding() throws IOException {
        try (Stream<Path> files = Files.list(Consumer.TARGET.resolve("it/python-embedding"))) {
            return files.sorted().toList();
        }
    }
}
