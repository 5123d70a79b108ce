package io.github.pysockets.bench.micro.graalpy;

import io.github.pysockets.bench.micro.PythonMicrobenchmark;
import org.graalvm.polyglot.Value;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** From Python to the host object and back. */
@OperationsPerInvocation(Script.ROUNDS)
public class CrossingBenchmark extends PythonMicrobenchmark {
    private static final String TEXT = """
            import _socket
            from _pysockets.host import calls

            fileno, getsockname = calls.fileno, calls.getsockname
            sock = _socket.socket()
            sock.bind(("127.0.0.1", 0))
            handle = sock._handle

            def nothing(rounds):
                for _ in range(rounds):
                    pass

            def empty(rounds):
                for _ in range(rounds):
                    fileno(handle)

            def address(rounds):
                for _ in range(rounds):
                    getsockname(handle)
            """;

    private Script script;
    private Value nothing;
    private Value empty;
    private Value address;

    @Setup
    public void open() {
        script = new Script(TEXT);
        nothing = script.function("nothing");
        empty = script.function("empty");
        address = script.function("address");
    }

    @TearDown
    public void close() {
        script.close();
    }

    /** The loop that is around all the others. */
    @Benchmark
    public void loop() {
        nothing.executeVoid(Script.ROUNDS);
    }

    /** A call that does next to nothing: it reads a number. */
    @Benchmark
    public void fileno() {
        empty.executeVoid(Script.ROUNDS);
    }

    /** A call whose result is a tuple, which a Python function makes. */
    @Benchmark
    public void getsockname() {
        address.executeVoid(Script.ROUNDS);
    }
}
