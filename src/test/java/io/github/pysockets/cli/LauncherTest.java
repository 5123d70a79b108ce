package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.DirectoryStream;
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
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The script pysockets in a fake project: the java there prints what it was called with, the mvn makes a jar. */
final class LauncherTest {
    private static final String BUILDING = "pysockets: building, as the sources are newer than the last build ...\n";

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

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
        Files.copy(source.resolve("pysockets"), project.resolve("pysockets"), StandardCopyOption.COPY_ATTRIBUTES);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(source.resolve("launcher"))) {
            for (Path file : files) {
                Files.copy(file, project.resolve("launcher").resolve(file.getFileName()),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
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
                for word in "$@"; do
                    case $word in
                        -DoutputDirectory=*)
                            for name in python-language compiler truffle-compiler collections word; do
                                echo jar > "${word#*=}/$name-25.0.3.jar"
                            done
                            exit 0
                            ;;
                    esac
                done
                [ -e target/pysockets.jar ] || echo jar > target/pysockets.jar
                touch target/built
                """);
        environment.put("PATH", tools + ":/usr/bin:/bin");
        environment.put("JAVA_HOME", project.resolve("jdk").toString());
        environment.put("HOME", real.toString());
        environment.put("PYSOCKETS_AOT", "off");
    }

    /** Waits for the process that makes a cache, which would otherwise write to a folder that is being deleted. */
    @AfterEach
    void awaitTheMaker() throws Exception {
        for (String folder : List.of("target/aot", "target/aot-jit")) {
            assertEquals("", prepare("await", folder).replace("pysockets: waiting for the AOT cache ...\n", ""));
        }
    }

    /** What launcher/Prepare.java writes to standard error. */
    private String prepare(String... words) throws Exception {
        var command = new ArrayList<>(List.of(JAVA.toString(), project.resolve("launcher/Prepare.java").toString()));
        command.addAll(List.of(words));
        try (Child child = Child.start(project, environment, command)) {
            var result = child.result();
            assertEquals(0, result.status(), result.err());
            return result.err();
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
        executable(home.resolve("bin/javac"), "");
        java(home, """
                for word in "$@"; do
                    case $word in
                        -XX:AOTCacheOutput=*) echo cache > "${word#*=}" ;;
                    esac
                    printf '%s\\n' "$word"
                done
                exit 7
                """);
    }

    /** Gives a home a jlink whose image has a java that prints its name and its arguments. */
    private void jlink(String name) throws Exception {
        executable(project.resolve(name).resolve("bin/jlink"), """
                #!/bin/sh
                echo "$*" >> '%s/jlink.calls'
                while [ $# -gt 1 ]; do
                    [ "$1" != --output ] || image=$2
                    shift
                done
                mkdir -p "$image/bin" "$image/lib/security"
                echo old > "$image/lib/security/cacerts"
                (echo '#!/bin/sh'; echo 'printf "%%s\\n" "$0"'; sed 1d '%s/jdk/bin/java') > "$image/bin/java"
                chmod +x "$image/bin/java"
                """.formatted(project, project));
    }

    /** The java of a home. What the launcher has in Java is run by the real one. */
    private static void java(Path home, String text) throws Exception {
        executable(home.resolve("bin/java"), """
                #!/bin/sh
                case $* in
                    *Prepare*) exec %s "$@" ;;
                esac
                """.formatted(JAVA) + text);
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
                --jython
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
        java(project.resolve("jdk"), "echo run >> '" + project + "/java.calls'\n");
        run("a.py");
        awaitFile(project.resolve("target/aot/failed"));
        run("a.py");
        assertEquals(3, Files.readAllLines(project.resolve("java.calls")).size(), "two runs and one attempt");
    }

    @Test
    void pythonIsCompiledInAnImageThatHasACache() throws Exception {
        environment.remove("PYSOCKETS_AOT");
        environment.put("PYSOCKETS_JIT", "on");
        jdk("jdk", "25.0.3");
        jlink("jdk");
        Path authorities = project.resolve("jdk/lib/security/cacerts");
        Files.createDirectories(authorities.getParent());
        Files.writeString(authorities, "first");
        String libraries = project.resolve("target/jit/lib") + "/";
        String modules = "module-path=" + String.join(":", libraries + "compiler-25.0.3.jar",
                libraries + "truffle-compiler-25.0.3.jar", libraries + "collections-25.0.3.jar",
                libraries + "word-25.0.3.jar") + "\n";

        // Until there is a cache, the JDK's own java does.
        var first = run("a.py");
        assertEquals(BUILDING + "pysockets: fetching the compiler ...\n", first.err());
        assertTrue(first.out().contains("\n--upgrade-" + modules), first.out());
        assertTrue(first.out().contains("\n@" + project + "/launcher/jit.args\n"), first.out());
        Path key = project.resolve("target/aot-jit/key");
        awaitFile(key);
        Path image = Path.of(Files.readAllLines(key).get(1)).getParent().getParent();
        assertEquals(project.resolve("target/aot-jit"), image.getParent());
        String cache = "\n-XX:AOTCache=" + project.resolve("target/aot-jit/pysockets.aot") + "\n";
        for (int count = 0; count < 2; count++) {
            String out = run("a.py").out();
            assertTrue(out.startsWith(image + "/bin/java\n"), out);
            assertTrue(out.contains(cache), out);
            assertTrue(out.contains("\n--" + modules), out);
        }

        // What an administrator changes in the JDK holds in the image.
        Files.writeString(authorities, "second");
        assertEquals("second", Files.readString(image.resolve("lib/security/cacerts")));

        // Another jar needs another cache, in the same image.
        age(project.resolve("target/aot-jit/pysockets.aot"), 30);
        assertTrue(run("a.py").out().contains("\n--upgrade-" + modules));
        awaitTheMaker();
        assertTrue(run("a.py").out().startsWith(image + "/bin/java\n"));
        List<String> links = Files.readAllLines(project.resolve("jlink.calls"));
        assertEquals(1, links.size());
        List<String> linked = List.of(links.getFirst().split("[ ,]"));
        assertTrue(linked.contains("java.base") && linked.contains("jdk.internal.vm.ci"), links.getFirst());
        for (String name : List.of("jdk.graal.compiler", "jdk.jlink", "jdk.jpackage")) {
            assertFalse(linked.contains(name), links.getFirst());
        }

        // Another JDK has an image of its own, and that of a JDK which is no longer there goes.
        jdk("jdk", "25.0.4");
        jlink("jdk");
        assertTrue(run("a.py").out().contains("\n--upgrade-" + modules));
        awaitTheMaker();
        Path second = Path.of(Files.readAllLines(key).get(1)).getParent().getParent();
        assertTrue(run("a.py").out().startsWith(second + "/bin/java\n"));
        assertFalse(Files.exists(image));
    }

    @Test
    void whereNoImageCanBeMadePythonIsCompiledWithoutACache() throws Exception {
        environment.remove("PYSOCKETS_AOT");
        environment.put("PYSOCKETS_JIT", "on");
        jdk("jdk", "25.0.3");
        executable(project.resolve("jdk/bin/jlink"), """
                #!/bin/sh
                echo "$*" >> '%s/jlink.calls'
                echo "no modules here"
                exit 1
                """.formatted(project));
        run("a.py");
        Path failed = project.resolve("target/aot-jit/failed");
        awaitFile(failed);
        var result = run("a.py");
        assertEquals("", result.err());
        assertTrue(result.out().contains("\n--upgrade-module-path="), result.out());
        assertEquals(1, Files.readAllLines(project.resolve("jlink.calls")).size());
        assertTrue(Files.readString(failed).contains("no modules here\n"), Files.readString(failed));

        // A JDK that can is worth an attempt.
        jdk("jdk", "25.0.4");
        jlink("jdk");
        run("a.py");
        awaitFile(project.resolve("target/aot-jit/key"));
    }

    /** Utilities of POSIX that the scripts may use. No flock, nohup, nproc, setsid, stat or timeout. */
    private static final List<String> UTILITIES = List.of(
            "cat", "dirname", "echo", "find", "head", "mkdir", "nice", "ps", "readlink", "sh", "touch");

    /** Shells that a system may have as sh, as far as this one has them. */
    static List<List<String>> shells() {
        List<List<String>> found = new ArrayList<>();
        for (List<String> shell : List.of(
                List.of("sh"), List.of("bash", "--posix"), List.of("busybox", "sh"), List.of("mksh"))) {
            tool(shell.getFirst()).ifPresent(file -> {
                List<String> command = new ArrayList<>(shell);
                command.set(0, file.toString());
                found.add(command);
            });
        }
        return found;
    }

    private static Optional<Path> tool(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @ParameterizedTest
    @MethodSource("shells")
    void needsOnlyWhatPosixHas(List<String> shell) throws Exception {
        Path posix = Files.createDirectories(temporary.toRealPath().resolve("posix"));
        for (String name : UTILITIES) {
            executable(posix.resolve(name), "#!/bin/sh\nexec %s \"$@\"\n".formatted(tool(name).orElseThrow()));
        }
        environment.put("PATH", tools + ":" + posix);
        environment.put("POSIXLY_CORRECT", "1");
        environment.remove("PYSOCKETS_AOT");
        Path link = Files.createSymbolicLink(tools.resolve("link"), project.resolve("pysockets"));
        List<String> command = new ArrayList<>(shell);
        command.addAll(List.of(link.toString(), "-c", "print('a  b')", "*"));
        String cache = "-XX:AOTCache=" + project.resolve("target/aot/pysockets.aot") + "\n";
        for (String errors : List.of(BUILDING, "")) {
            try (Child child = Child.start(tools, environment, command)) {
                var result = child.result();
                assertEquals(errors, result.err());
                assertEquals(errors.isEmpty(), result.out().contains(cache), result.out());
                assertTrue(result.out().endsWith("-c\nprint('a  b')\n*\n"), result.out());
                assertTrue(result.out().contains("\n-Dpysockets.reserved="), result.out());
                assertEquals(7, result.status());
            }
            if (!errors.isEmpty()) {
                awaitTheMaker();
            }
        }
        assertEquals(1, builds());
    }

    /** What pysockets.cmd runs, which has the options in a file. */
    @Test
    void aFileOfOptionsSaysWhatTheScriptSays() throws Exception {
        Files.createDirectories(project.resolve("target/jython"));
        Files.writeString(project.resolve("target/jython/jython.jar"), "");
        Path classes = project.resolve("target/launcher");
        compileLauncher(classes);
        for (String kind : List.of("python-plain", "jython-plain")) {
            List<String> words = List.of(JAVA.toString(), "-cp", classes.toString(), "Prepare", "options",
                    project + "/.", kind);
            try (Child child = Child.start(tools, environment, words)) {
                var result = child.result();
                assertEquals(0, result.status(), result.err());
            }
            List<String> file = new ArrayList<>();
            for (String line : Files.readAllLines(classes.resolve(kind + ".args"))) {
                file.add(line.replace("\"", ""));
            }
            List<String> script = new ArrayList<>();
            for (String word : run(kind.startsWith("j") ? "--jython" : "x.py").out().split("\n")) {
                script.addAll(word.startsWith("@") ? Files.readAllLines(Path.of(word.substring(1))) : List.of(word));
            }
            // The script knows of descriptors too, and says what to run itself.
            script.removeIf(word -> word.startsWith("-Dpysockets.reserved=") || word.startsWith("io.github.")
                    || word.equals("x.py") || word.equals("--jython") || word.equals("-Dpysockets.utf8=true"));
            file.sort(null);
            script.sort(null);
            assertEquals(script, file);
        }
        assertEquals(1, builds(), "the first of them");

        age(classes.resolve("Prepare.class"), 60);
        Files.writeString(project.resolve("launcher/New.java"), "");
        try (Child child = Child.start(tools, environment, List.of(JAVA.toString(), "-cp", classes.toString(),
                "Prepare", "options", project + "/.", "python-plain"))) {
            assertEquals(3, child.result().status(), "compile these classes again");
        }
    }

    private void compileLauncher(Path classes) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                JAVA.resolveSibling("javac").toString(), "-Xlint:all", "-Werror", "-d", classes.toString()));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(project.resolve("launcher"), "*.java")) {
            files.forEach(file -> command.add(file.toString()));
        }
        try (Child child = Child.start(tools, environment, command)) {
            var result = child.result();
            assertEquals(0, result.status(), result.out() + result.err());
        }
    }

    /** cmd.exe looks for labels wrongly in a file with the ends of lines that other systems have. */
    @Test
    void scriptsHaveTheEndsOfLinesOfTheirSystem() throws Exception {
        Path source = Path.of(System.getProperty("pysockets.basedir"));
        for (String name : List.of("pysockets.cmd", "launcher/jython.cmd")) {
            String text = Files.readString(source.resolve(name));
            assertEquals(text.lines().count(), text.split("\r\n").length, name);
        }
        for (String name : List.of("pysockets", "launcher/jdk.sh", "launcher/jython", "launcher/jvm.args",
                "launcher/jit.args")) {
            assertFalse(Files.readString(source.resolve(name)).contains("\r"), name);
        }
        assertTrue(Files.readString(source.resolve(".gitattributes")).contains("*.cmd text eol=crlf\n"));
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
