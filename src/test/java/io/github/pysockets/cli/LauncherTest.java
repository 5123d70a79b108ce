package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script pysockets in a fake project: the java there prints what it was called with, the mvn makes a jar. */
final class LauncherTest {
    private static final String BUILDING = "pysockets: building, as the sources are newer than the last build ...\n";

    @TempDir
    private Path temporary;
    private Path project;
    private Path tools;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void stage() throws Exception {
        Path real = temporary.toRealPath();
        project = Files.createDirectories(real.resolve("a project"));
        tools = Files.createDirectories(real.resolve("tools"));
        Path source = Path.of(System.getProperty("pysockets.basedir"));
        Files.createDirectories(project.resolve("launcher"));
        for (String file : List.of("pysockets", "launcher/jdk.sh", "launcher/make-aot-cache",
                "launcher/aot-training.py")) {
            Files.copy(source.resolve(file), project.resolve(file), StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.createDirectories(project.resolve("src/main"));
        Files.writeString(project.resolve("pom.xml"), "");
        Files.writeString(project.resolve("src/main/A.java"), "");
        age(project.resolve("pom.xml"), 60);
        age(project.resolve("src/main/A.java"), 60);
        jdk("jdk", "25.0.1");
        executable(tools.resolve("mvn"), """
                #!/bin/sh
                echo "$*" >> mvn.calls
                [ ! -e broken ] || { echo "it is broken"; exit 1; }
                mkdir -p target
                [ -e target/pysockets.jar ] || echo jar > target/pysockets.jar
                touch target/built
                """);
        environment.put("PATH", tools + ":/usr/bin:/bin");
        environment.put("JAVA_HOME", project.resolve("jdk").toString());
        environment.put("HOME", real.toString());
        environment.put("PYSOCKETS_AOT", "off");
    }

    /** Waits for make-aot-cache, which would otherwise write to a folder that is being deleted. */
    @AfterEach
    void awaitTheMaker() throws Exception {
        Path lock = project.resolve("target/aot/lock");
        if (Files.exists(lock)) {
            try (Child flock = Child.start(project, Map.of(), List.of("flock", lock.toString(), "true"))) {
                assertEquals(0, flock.result().status());
            }
        }
    }

    /** A home whose java prints its arguments, one a line, and writes an AOT cache when asked for one. */
    private void jdk(String name, String version) throws Exception {
        Path home = project.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), """
                IMPLEMENTOR="Somebody"
                JAVA_RUNTIME_VERSION="%s+9"
                JAVA_VERSION="%s"
                """.formatted(version, version));
        executable(home.resolve("bin/java"), """
                #!/bin/sh
                for word in "$@"; do
                    case $word in
                        -XX:AOTCacheOutput=*) echo cache > "${word#*=}" ;;
                    esac
                    printf '%s\\n' "$word"
                done
                exit 7
                """);
    }

    private static void executable(Path file, String text) throws Exception {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void age(Path file, long seconds) throws Exception {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(seconds)));
    }

    private Child start(Path script, String... words) throws Exception {
        var command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(words));
        return Child.start(tools, environment, command);
    }

    private Child.Result run(String... words) throws Exception {
        try (Child child = start(project.resolve("pysockets"), words)) {
            return child.result();
        }
    }

    private long builds() throws Exception {
        Path calls = project.resolve("mvn.calls");
        return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
    }

    @Test
    void buildsOnceThenOnlyAfterAChange() throws Exception {
        var first = run("a.py");
        assertEquals(BUILDING, first.err());
        assertEquals(7, first.status());
        assertEquals("", run("a.py").err());
        assertEquals(1, builds());

        age(project.resolve("target/built"), 30);
        Files.writeString(project.resolve("src/main/B.java"), "");
        assertEquals(BUILDING, run("a.py").err());
        assertEquals("", run("a.py").err());
        assertEquals(2, builds());
    }

    @Test
    void simultaneousFirstRunsBuildOnce() throws Exception {
        try (Child one = start(project.resolve("pysockets")); Child two = start(project.resolve("pysockets"))) {
            assertEquals(7, one.result().status());
            assertEquals(7, two.result().status());
            assertEquals(BUILDING, one.result().err() + two.result().err());
        }
        assertEquals(1, builds());
    }

    @Test
    void aFailedBuildShowsWhatMavenSaid() throws Exception {
        Files.writeString(project.resolve("broken"), "");
        var result = run("a.py");
        assertEquals(BUILDING + "it is broken\npysockets: the build failed.\n", result.err());
        assertEquals("", result.out());
        assertEquals(1, result.status());
    }

    @Test
    void argumentsAndExitStatusPassThrough() throws Exception {
        Path link = Files.createSymbolicLink(tools.resolve("link"), project.resolve("pysockets"));
        Path second = Files.createSymbolicLink(tools.resolve("second"), Path.of("link"));
        assertTrue(Files.isSameFile(link, second));
        try (Child child = start(second, "-c", "print('a  b')", "", "*", "$HOME", "\u00e9")) {
            var result = child.result();
            assertTrue(result.out().endsWith("""
                    -Dpysockets.executable=%1$s/pysockets
                    -cp
                    %1$s/target/pysockets-command.jar
                    io.github.pysockets.cli.Main
                    -c
                    print('a  b')

                    *
                    $HOME
                    \u00e9
                    """.formatted(project)), result.out());
            assertEquals(7, result.status());
        }
        environment.put("PYSOCKETS_JAVA_OPTS", "-Xmx1g -Da=b");
        assertTrue(run().out().contains("\n-Xmx1g\n-Da=b\n"));
    }

    @Test
    void jythonHasAClassPathOfItsOwn() throws Exception {
        Files.createDirectories(project.resolve("target/jython"));
        Files.createDirectories(project.resolve("target/lib"));
        for (String jar : List.of("target/jython/jython.jar", "target/jython/bc.jar", "target/lib/graalpy.jar")) {
            Files.writeString(project.resolve(jar), "");
        }
        var result = run("--jython", "-c", "print 1", "--jython");
        assertTrue(result.out().endsWith("""
                -cp
                %1$s/target/pysockets.jar:%1$s/target/jython/bc.jar:%1$s/target/jython/jython.jar
                io.github.pysockets.cli.JythonMain
                -c
                print 1
                --jython
                """.formatted(project)), result.out());
        assertEquals(7, result.status());
        assertTrue(run("a.py", "--jython").out().contains("io.github.pysockets.cli.Main\na.py\n--jython\n"));
    }

    @Test
    void findsAJdkThatIsNewEnough() throws Exception {
        jdk("old", "17.0.15");
        jdk("new", "26");
        environment.put("JAVA_HOME", project.resolve("old").toString());
        executable(tools.resolve("java"), "#!/bin/sh\necho wrong java\n");
        Files.delete(tools.resolve("java"));
        Files.createSymbolicLink(tools.resolve("java"), project.resolve("new/bin/java"));
        assertEquals(7, run("a.py").status());
        assertEquals(project.resolve("new").toString(), Files.readString(project.resolve("target/.jdk")).strip());

        // The JDK that was found is remembered, and checked again before it is used.
        Files.delete(tools.resolve("java"));
        assertEquals(7, run("a.py").status());
        environment.put("JAVA_HOME", project.resolve("jdk").toString());
        assertEquals(7, run("a.py").status());
    }

    @Test
    void aCacheIsMadeAndThenUsed() throws Exception {
        environment.remove("PYSOCKETS_AOT");
        Path key = project.resolve("target/aot/key");
        assertFalse(run("a.py").out().contains("-XX:AOTCache"));
        awaitFile(key);
        String flag = "-XX:AOTCache=" + project.resolve("target/aot/pysockets.aot") + "\n";
        assertTrue(run("a.py").out().contains(flag));

        // Another JDK needs another cache.
        jdk("jdk", "25.0.2");
        String before = Files.readString(key);
        assertFalse(run("a.py").out().contains("-XX:AOTCache"));
        await(() -> Files.exists(key) && !Files.readString(key).equals(before));
        assertTrue(run("a.py").out().contains(flag));

        // And so does another jar.
        Path cache = project.resolve("target/aot/pysockets.aot");
        age(cache, 30);
        assertFalse(run("a.py").out().contains("-XX:AOTCache"));
        await(() -> Files.exists(cache) && isNewerThanJar(cache) && Files.exists(key));
        assertTrue(run("a.py").out().contains(flag));
    }

    private boolean isNewerThanJar(Path file) throws Exception {
        FileTime jar = Files.getLastModifiedTime(project.resolve("target/pysockets.jar"));
        return Files.getLastModifiedTime(file).compareTo(jar) > 0;
    }

    @Test
    void aCacheThatCannotBeMadeIsNotTriedAgain() throws Exception {
        environment.remove("PYSOCKETS_AOT");
        executable(project.resolve("jdk/bin/java"), "#!/bin/sh\necho run >> '" + project + "/java.calls'\n");
        run("a.py");
        awaitFile(project.resolve("target/aot/failed"));
        run("a.py");
        assertEquals(3, Files.readAllLines(project.resolve("java.calls")).size(), "two runs and one attempt");
    }

    private static void awaitFile(Path file) throws Exception {
        await(() -> Files.exists(file));
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    /** Polls, because a process in the background cannot tell the test that it is done. */
    private static void await(Condition condition) throws Exception {
        long deadline = System.nanoTime() + Child.LIMIT * 1_000_000_000L;
        while (!condition.holds()) {
            assertTrue(System.nanoTime() < deadline, "no cache in time");
            Thread.sleep(10);
        }
    }
}
