package io.github.pysockets.bench.micro.graalpy;

import io.github.pysockets.bench.micro.PythonMicrobenchmark;
import org.graalvm.polyglot.Value;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** recv on a socket that never waits, where nothing has come, from Python. */
@OperationsPerInvocation(Script.ROUNDS)
public class EagainBenchmark extends PythonMicrobenchmark {
    private static final String TEXT = """
            import _socket
            from _pysockets.host import calls
            from _pysockets.buffers import take

            recv = calls.recvPlain
            near, far = _socket.socketpair()
            far.setblocking(False)

            def host(rounds):
                handle = far._handle
                buffer = take(64)[0]
                for _ in range(rounds):
                    recv(handle, buffer, 64)

            def methods(rounds):
                for _ in range(rounds):
                    try:
                        far.recv(64)
                    except BlockingIOError:
                        pass
            """;

    private Script script;
    private Value host;
    private Value methods;

    @Setup
    public void open() {
        script = new Script(TEXT);
        host = script.function("host");
        methods = script.function("methods");
    }

    @TearDown
    public void close() {
        script.close();
    }

    /** The number that the host object gives. */
    @Benchmark
    public void hostRecv() {
        host.executeVoid(Script.ROUNDS);
    }

    /** The exception that it becomes, raised and caught. */
    @Benchmark
    public void socketRecv() {
        methods.executeVoid(Script.ROUNDS);
    }
}
