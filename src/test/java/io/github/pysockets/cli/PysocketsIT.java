package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
}
