package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as a user runs it: the script, the jar and the libraries beside it. */
final class PysocketsIT {
    @Test
    void runsAScriptThatStartsAnother(@TempDir Path temporary) throws Exception {
        Path folder = temporary.toRealPath();
        Path command = Path.of(System.getProperty("pysockets.basedir")).toRealPath().resolve("pysockets");
        Path link = Files.createSymbolicLink(folder.resolve("link"), command);
        Files.writeString(folder.resolve("a script.py"), """
                import socket, subprocess, sys
                left, right = socket.socketpair()
                left.sendall(b"through the socket")
                print(right.recv(100).decode(), sys.argv[1:])
                sys.exit(subprocess.run([sys.executable, "-c", "import sys; sys.exit(7)"]).returncode)
                """);
        var environment = Map.of("PYSOCKETS_AOT", "off");
        try (Child child = Child.start(folder, environment, List.of(link.toString(), "a script.py", "a  b", ""))) {
            assertEquals(new Child.Result(7, "through the socket ['a  b', '']\n", ""), child.result());
        } finally {
            Files.delete(link);
        }
    }

    @Test
    void runsOnAGraalPyThatCompiles(@TempDir Path folder) throws Exception {
        Runtime.Version java = Runtime.version();
        assumeTrue(java.feature() == 25 && java.update() >= 3, "the compiler is for updates of JDK 25, from 25.0.3 on");
        Path base = Path.of(System.getProperty("pysockets.basedir")).toRealPath();
        Path script = Files.writeString(folder.resolve("compiled.py"), """
                import sys, unittest
                sys.path[:0] = sys.argv[1:]
                tests = unittest.defaultTestLoader.loadTestsFromNames(["test_buffers", "test_sendmsg"])
                result = unittest.TextTestRunner().run(tests)
                print("Interpreted" in sys.version, result.testsRun > 100, result.wasSuccessful())
                """);
        Path tests = base.resolve("python-tests");
        List<String> command = Stream.of(base.resolve("pysockets"), script, tests, tests.resolve("socket"),
                tests.resolve("messages")).map(Path::toString).toList();
        var environment = Map.of("PYSOCKETS_JIT", "on", "PYSOCKETS_AOT", "off");
        makeReady(folder, environment, command.getFirst());
        try (Child child = Child.start(folder, environment, command)) {
            Child.Result result = child.result();
            assertEquals("False True True\n", result.out(), result.err());
        }
    }

    /** What the command does once it has an AOT cache, but without one, which takes a minute to make. */
    @Test
    void compilesInAnImageOfTheJdk(@TempDir Path temporary) throws Exception {
        assumeTrue(Runtime.version().feature() == 25 && Runtime.version().update() >= 3, "as above");
        Path folder = temporary.toRealPath();
        Path home = Path.of(System.getProperty("java.home"));
        assumeTrue(canLink(folder, home), "this JDK has neither packaged modules nor can it link itself");
        Path base = Path.of(System.getProperty("pysockets.basedir")).toRealPath();
        Path launcher = base.resolve("launcher");
        makeReady(folder, Map.of("PYSOCKETS_JIT", "on", "PYSOCKETS_AOT", "off"),
                base.resolve("pysockets").toString());
        Files.copy(launcher.resolve("RuntimeImage.java"), folder.resolve("RuntimeImage.java"));
        Path link = Files.writeString(folder.resolve("Link.java"), """
                import java.nio.file.Path;

                void main(String[] args) throws Exception {
                    Path home = Path.of(System.getProperty("java.home"));
                    Path folder = Path.of(args[0]);
                    IO.println(new RuntimeImage(folder, home).makeIfMissing(folder.resolve("log")));
                }
                """);
        Path image;
        Files.writeString(folder.resolve("log"), "");
        try (Child child = Child.start(folder, Map.of(),
                List.of(home.resolve("bin/java").toString(), link.toString(), folder.toString()))) {
            Child.Result result = child.result();
            assertEquals(0, result.status(), result.err() + Files.readString(folder.resolve("log")));
            image = Path.of(result.out().strip());
        }
        assertTrue(Files.isSameFile(home.resolve("lib/security"), image.resolve("lib/security")));
        List<String> modules = new ArrayList<>();
        List<String> all = new ArrayList<>(List.of(base.resolve("target/pysockets.jar").toString()));
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(base.resolve("target/jit/lib"), "*.jar")) {
            for (Path jar : jars) {
                all.add(jar.toString());
                if (jar.getFileName().toString().matches("(compiler|truffle-compiler|collections|word)-.*")) {
                    modules.add(jar.toString());
                }
            }
        }
        Path script = Files.writeString(folder.resolve("hot.py"), """
                import java, socket, sys
                left, right = socket.socketpair()
                for _ in range(20000):
                    left.send(b"x")
                    right.recv(1)
                print("Interpreted" in sys.version, java.type("java.lang.System").getProperty("java.home"))
                """);
        try (Child child = Child.start(folder, Map.of(), List.of(image.resolve("bin/java").toString(),
                "@" + launcher.resolve("jvm.args"), "@" + launcher.resolve("jit.args"),
                "--module-path=" + String.join(":", modules), "-Dpolyglot.engine.CompilationFailureAction=ExitVM",
                "-cp", String.join(":", all), Main.class.getName(), script.toString()))) {
            Child.Result result = child.result();
            assertEquals("False " + image + "\n", result.out(), result.err());
        }
    }

    private static boolean canLink(Path folder, Path home) throws Exception {
        try (Child child = Child.start(folder, Map.of(),
                List.of(home.resolve("bin/jlink").toString(), "--help"))) {
            return Files.isDirectory(home.resolve("jmods"))
                    || child.result().out().contains("Linking from run-time image enabled");
        }
    }

    /** The first time fetches the compiler, and has a limit of its own. */
    private static void makeReady(Path folder, Map<String, String> environment, String command) throws Exception {
        try (Child child = Child.start(folder, environment, List.of(command, "-c", "pass"))) {
            Child.Result result = child.result();
            assertEquals(0, result.status(), result.err());
        }
    }

    /** What a call loads when it is first made must be there without a descriptor to open it by. */
    @ParameterizedTest
    @ValueSource(strings = {"off", "on"})
    void makesCallsForTheFirstTimeWithoutDescriptorsLeft(String compiler, @TempDir Path folder) throws Exception {
        assumeTrue(compiler.equals("off") || Runtime.version().update() >= 3, "the compiler needs JDK 25.0.3");
        Path command = Path.of(System.getProperty("pysockets.basedir")).resolve("pysockets");
        Path script = Files.writeString(folder.resolve("full.py"), """
                import os, socket
                a, b = socket.socketpair()
                try:
                    while True:
                        os.open("/dev/null", os.O_RDONLY)
                except OSError:
                    pass
                print(a.send(b"a"), b.recv(10), a.sendmsg([b"b"]), b.recvmsg(10)[0], a.sendall(b"c" * 10000),
                      len(b.recvmsg_into([bytearray(10000)])), a.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR),
                      a.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1), a.makefile("wb").write(b"d"))
                """);
        var environment = Map.of("PYSOCKETS_JIT", compiler, "PYSOCKETS_AOT", "off");
        makeReady(folder, environment, command.toString());
        String limited = "ulimit -n 200; exec \"$0\" \"$1\"";
        try (Child child = Child.start(folder, environment,
                List.of("sh", "-c", limited, command.toString(), script.toString()))) {
            assertEquals(new Child.Result(0, "1 b'a' 1 b'b' None 4 0 None 1\n", ""), child.result());
        }
    }

    @Test
    void whatAProgramOnJythonStartsRunsThereToo(@TempDir Path folder) throws Exception {
        Path command = Path.of(System.getProperty("pysockets.basedir")).resolve("pysockets");
        Path script = Files.writeString(folder.resolve("parent.py"), """
                import socket, subprocess, sys
                left, right = socket.socketpair()
                left.sendall("through the socket")
                print right.recv(100)
                sys.stdout.flush()
                sys.exit(subprocess.call([sys.executable, "-c", "import sys; sys.exit(sys.version_info[0])"]))
                """);
        try (Child child = Child.start(folder, Map.of("PYSOCKETS_AOT", "off"),
                List.of(command.toString(), "--jython", script.toString()))) {
            assertEquals(new Child.Result(2, "through the socket\n", ""), child.result());
        }
    }
}
