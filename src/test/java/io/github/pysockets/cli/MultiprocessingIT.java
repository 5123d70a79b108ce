package io.github.pysockets.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of {@code multiprocessing}: each is a command of its own, with the options that the parent has. */
final class MultiprocessingIT {
    @Test
    void childrenGetOptionsSocketsAndConnections(@TempDir Path temporary) throws Exception {
        Path folder = temporary.toRealPath();
        Files.writeString(folder.resolve("script.py"), """
                import multiprocessing as mp, os, signal, socket, sys
                from multiprocessing.connection import wait

                def serve(listener, conn, lock, counter):
                    with lock:
                        counter.value += 1
                    with listener.accept()[0] as connection:
                        connection.sendall(b"from %d" % os.getpid())
                    conn.send((os.getpid(), conn.recv(), sys.flags.bytes_warning, sys.flags.dev_mode, sys.warnoptions))
                    conn.recv()

                if __name__ == "__main__":
                    mp.set_start_method("spawn")
                    ours, theirs = mp.Pipe()
                    lock, counter = mp.Lock(), mp.Value("i", 1)
                    with socket.create_server(("127.0.0.1", 0)) as listener:
                        process = mp.Process(target=serve, args=(listener, theirs, lock, counter))
                        process.start()
                        theirs.close()
                        with socket.create_connection(listener.getsockname(), timeout=60) as client:
                            assert client.recv(100) == b"from %d" % process.pid
                    print("served", flush=True)
                    ours.send("hey")
                    answer = ours.recv()
                    assert answer == (process.pid, "hey", 1, True, sys.warnoptions), answer
                    assert counter.value == 2
                    process.terminate()
                    assert wait([process.sentinel], 60)
                    process.join()
                    assert process.exitcode == -signal.SIGTERM, process.exitcode

                    print("ended", flush=True)
                    mp.set_executable("/bin/false")
                    process = mp.Process(target=serve)
                    process.start()
                    process.join(60)
                    assert process.exitcode == 1
                    try:
                        mp.Manager()
                    except EOFError:
                        print("OK")
                """);
        Path command = Path.of(System.getProperty("pysockets.basedir")).toRealPath().resolve("pysockets");
        try (Child child = Child.start(folder, Map.of("PYSOCKETS_AOT", "off"),
                List.of(command.toString(), "-b", "-Xdev", "-Wignore", "script.py"))) {
            // Each has a limit of its own: on a busy machine the starts of three JVMs take long.
            child.expectLine("served");
            child.expectLine("ended");
            Child.Result result = child.result();
            assertEquals(new Child.Result(0, "OK\n", ""), result);
        }
    }
}
