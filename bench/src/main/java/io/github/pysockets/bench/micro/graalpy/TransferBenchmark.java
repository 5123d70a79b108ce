package io.github.pysockets.bench.micro.graalpy;

import io.github.pysockets.bench.micro.PythonMicrobenchmark;
import org.graalvm.polyglot.Value;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** 64 bytes through a socketpair, from Python: by the calls of the host object, and by the socket object's methods. */
@OperationsPerInvocation(Script.ROUNDS)
public class TransferBenchmark extends PythonMicrobenchmark {
    private static final String TEXT = """
            import _socket
            from _pysockets.host import calls
            from _pysockets.buffers import take

            send, recv = calls.sendPlain, calls.recvPlain
            near, far = _socket.socketpair()
            data = bytes(64)

            def host(rounds):
                near_handle, far_handle = near._handle, far._handle
                buffer = take(64)[0]
                for _ in range(rounds):
                    send(near_handle, data)
                    recv(far_handle, buffer, 64)

            def methods(rounds):
                for _ in range(rounds):
                    near.send(data)
                    far.recv(64)
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

    @Benchmark
    public void hostSendAndRecv() {
        host.executeVoid(Script.ROUNDS);
    }

    @Benchmark
    public void socketSendAndRecv() {
        methods.executeVoid(Script.ROUNDS);
    }
}
