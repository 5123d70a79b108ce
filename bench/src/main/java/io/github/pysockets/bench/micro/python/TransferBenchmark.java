package io.github.pysockets.bench.micro.python;

import io.github.pysockets.bench.micro.Microbenchmark;
import io.github.pysockets.bench.micro.Numbers;
import io.github.pysockets.python.ByteSource;
import io.github.pysockets.python.PySocket;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.stack.StackException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** 64 bytes through a socketpair, as the host object of a context sends and receives them. Nothing has to wait. */
public class TransferBenchmark extends Microbenchmark {
    private static final long SECOND = 1_000_000_000;

    /** The mode of both sockets. */
    public enum SocketMode {
        BLOCKING(-1),
        NON_BLOCKING(0),
        TIMEOUT(SECOND);

        private final long timeout;

        SocketMode(long timeout) {
            this.timeout = timeout;
        }
    }

    @Param
    public SocketMode mode;

    private final byte[] data = new byte[64];
    private final byte[] into = new byte[64];

    private SocketRuntime runtime;
    private PySocket near;
    private PySocket far;

    @Setup
    public void open() throws StackException {
        runtime = Runtimes.open();
        List<PySocket> pair = runtime.openPair(Numbers.AF_UNIX, Numbers.SOCK_STREAM, 0);
        near = pair.getFirst();
        far = pair.getLast();
        near.setTimeout(mode.timeout);
        far.setTimeout(mode.timeout);
    }

    @TearDown
    public void close() {
        runtime.close();
    }

    /** As the bridge hands data over: made for the one call. */
    private ByteSource source() {
        return (from, array, count) -> System.arraycopy(data, from, array, array.length - count, count);
    }

    @Benchmark
    public int sendAndRecv() {
        return near.send(source(), data.length, 0) + far.recv(into, 0, into.length, 0);
    }

    @Benchmark
    public int sendAllAndRecv() {
        return near.sendAll(source(), data.length, 0) + far.recv(into, 0, into.length, 0);
    }
}
