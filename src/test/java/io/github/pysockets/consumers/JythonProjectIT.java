package io.github.pysockets.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.consumers.Consumer.Ended;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A Maven project that depends on PySockets and Jython: it compiles without a warning, and gets nothing of GraalPy. */
final class JythonProjectIT {
    private static final Path FOLDER = Consumer.TARGET.resolve("it/jython-application");

    @BeforeAll
    static void build() throws Exception {
        MavenBuild.run("jython-application", FOLDER);
    }

    @Test
    void compilesWithJythonAndNothingElse() throws Exception {
        assertEquals(new TreeSet<>(List.of("pysockets", "jython-standalone")),
                MavenBuild.names(MavenBuild.path(FOLDER.resolve("compile.txt"))));
    }

    @Test
    void runsWithJythonAndBouncyCastle() throws Exception {
        List<String> path = MavenBuild.path(FOLDER.resolve("run.txt"));
        assertEquals(
                new TreeSet<>(List.of(
                        "pysockets", "jython-standalone", "bcpkix-jdk18on", "bcprov-jdk18on", "bcutil-jdk18on")),
                MavenBuild.names(path));
        List<Path> entries = Consumer.with(FOLDER.resolve("classes"), path.stream().map(Path::of).toList());
        assertEquals(new Ended(0, "a socket of _socket\n", ""), Consumer.java(
                "--enable-native-access=ALL-UNNAMED", "-cp", Consumer.path(entries),
                "com.example.jython.JythonApplication"));
    }
}
