package io.github.pysockets.bench.micro.python;

import io.github.pysockets.bench.micro.Microbenchmark;
import io.github.pysockets.bench.micro.Numbers;
import io.github.pysockets.python.PySocket;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.StackException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** Calls on sockets that never wait, where nothing has come: what an event loop meets all the time. */
public class EagainBenchmark extends Microbenchmark {

    private final byte[] into = new byte[64];
    private final AcceptedHolder accepted = new AcceptedHolder();

    private SocketRuntime runtime;
    /** Both ends are held: an end that is dropped is closed. */
    private List<PySocket> pair;
    private PySocket socket;
    private PySocket listener;

    @Setup
    public void open() throws StackException {
        runtime = Runtimes.open();
        pair = runtime.openPair(Numbers.AF_UNIX, Numbers.SOCK_STREAM, 0);
        socket = pair.getFirst();
        socket.setTimeout(0);
        listener = runtime.open(Numbers.AF_INET, Numbers.SOCK_STREAM, 0);
        listener.bind(new SockaddrIn(Numbers.LOOPBACK, 0));
        listener.listen(1);
        listener.setTimeout(0);
    }

    @TearDown
    public void close() {
        runtime.close();
    }

    @Benchmark
    public int recv() {
        return socket.recv(into, 0, into.length, 0);
    }

    @Benchmark
    public int accept() {
        return listener.accept(accepted);
    }
}
