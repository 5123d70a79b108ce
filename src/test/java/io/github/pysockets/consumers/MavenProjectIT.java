package io.github.pysockets.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.consumers.Consumer.Ended;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A Maven project that depends on PySockets and GraalPy: it compiles without a warning, gets what it needs and no more,
 * and can be packed into one jar.
 */
final class MavenProjectIT {
    private static final Path FOLDER = Consumer.TARGET.resolve("it/application");

    @BeforeAll
    static void build() throws Exception {
        MavenBuild.run("application", FOLDER);
    }

    private static List<String> path(String file) throws Exception {
        return MavenBuild.path(FOLDER.resolve(file));
    }

    @Test
    void compilesWithPolyglotAndNothingElseOfOurLibraries() throws Exception {
        // Those three are polyglot's own dependencies.
        assertEquals(new TreeSet<>(List.of("pysockets", "polyglot", "collections", "nativeimage", "word")),
                MavenBuild.names(path("compile.txt")));
    }

    @Test
    void getsGraalPyAndBouncyCastleToRunWith() throws Exception {
        TreeSet<String> names = MavenBuild.names(path("run.txt"));
        names.retainAll(List.of("python-language", "truffle-runtime", "bcpkix-jdk18on",
                "AmazonCorrettoCryptoProvider", "jython-standalone"));
        assertEquals(new TreeSet<>(List.of("python-language", "truffle-runtime", "bcpkix-jdk18on")), names);
        List<Path> jars = Arrays.stream(path("run.txt").toArray(String[]::new))
                .filter(file -> file.endsWith(".jar"))
                .map(Path::of)
                .toList();
        assertEquals(new Ended(0, Consumer.ANSWER, ""), Consumer.java(Consumer.UNSAFE,
                "--enable-native-access=ALL-UNNAMED", "-cp",
                Consumer.path(Consumer.with(FOLDER.resolve("classes"), jars)), Consumer.MAIN));
    }

    /** The manifest of such a jar can give native access. */
    @Test
    void runsFromOneJar() throws Exception {
        assertEquals(new Ended(0, Consumer.ANSWER, ""), Consumer.java(Consumer.UNSAFE,
                "--illegal-native-access=deny", "-jar", FOLDER.resolve("application-1.jar").toString()));
    }
}
