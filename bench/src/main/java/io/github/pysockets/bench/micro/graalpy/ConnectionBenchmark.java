package io.github.pysockets.bench.micro.graalpy;

import io.github.pysockets.bench.micro.PythonMicrobenchmark;
import org.graalvm.polyglot.Value;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The life of a TCP connection over loopback, both its sides, from Python: socket, connect, accept, close, close. The
 * client resets it, so that no port stays in TIME_WAIT.
 *
 * <p>So much of Python is in it that the JVM is not done with compiling it sooner.
 */
@Warmup(iterations = 20, time = 1)
public class ConnectionBenchmark extends PythonMicrobenchmark {
    private static final int ROUNDS = 100;

    private static final String TEXT = """
            import socket

            listener = socket.create_server(("127.0.0.1", 0))
            address = listener.getsockname()
            reset = b"\\x01\\0\\0\\0\\0\\0\\0\\0"

            def connections(rounds):
                for _ in range(rounds):
                    client = socket.socket()
                    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset)
                    client.connect(address)
                    server, _ = listener.accept()
                    client.close()
                    server.close()

            def sockets(rounds):
                for _ in range(rounds):
                    socket.socket().close()
            """;

    private Script script;
    private Value connections;
    private Value sockets;

    @Setup
    public void open() {
        script = new Script(TEXT);
        connections = script.function("connections");
        sockets = script.function("sockets");
    }

    @TearDown
    public void close() {
        script.close();
    }

    @Benchmark
    @OperationsPerInvocation(ROUNDS)
    public void connection() {
        connections.executeVoid(ROUNDS);
    }

    @Benchmark
    @OperationsPerInvocation(ROUNDS)
    public void socketAndClose() {
        sockets.executeVoid(ROUNDS);
    }
}
