package io.github.pysockets.bench.micro.python;

import io.github.pysockets.bench.micro.Microbenchmark;
import io.github.pysockets.bench.micro.Numbers;
import io.github.pysockets.python.CallFailure;
import io.github.pysockets.python.PySocket;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The life of a TCP connection over loopback, both its sides, in blocking mode. The client resets it, so that no port
 * stays in TIME_WAIT.
 */
public class ConnectionBenchmark extends Microbenchmark {
    private static final int BACKLOG = 128;

    private final AcceptedHolder accepted = new AcceptedHolder();
    /** struct linger: on, no seconds. */
    private final byte[] linger = {1, 0, 0, 0, 0, 0, 0, 0};

    private SocketRuntime runtime;
    private PySocket listener;
    private SocketAddress address;

    @Setup
    public void listen() throws StackException {
        runtime = Runtimes.open();
        listener = runtime.open(Numbers.AF_INET, Numbers.SOCK_STREAM, 0);
        listener.bind(new SockaddrIn(Numbers.LOOPBACK, 0));
        listener.listen(BACKLOG);
        address = listener.localAddress();
    }

    @TearDown
    public void close() {
        runtime.close();
    }

    /** socket, connect, accept, close, close. */
    @Benchmark
    public int connection() throws Exception {
        PySocket client = runtime.open(Numbers.AF_INET, Numbers.SOCK_STREAM, 0);
        client.setOption(Numbers.SOL_SOCKET, Numbers.SO_LINGER, linger);
        int result = client.connect(address);
        // As socket.py does it: the number that accept gives is taken over by an object.
        PySocket server = runtime.adopt(listener.accept(accepted), Numbers.AF_INET, Numbers.SOCK_STREAM, 0);
        client.close();
        server.close();
        return result;
    }

    @Benchmark
    public void socketAndClose() throws CallFailure, StackException {
        runtime.open(Numbers.AF_INET, Numbers.SOCK_STREAM, 0).close();
    }
}
