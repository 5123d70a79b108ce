package io.github.pysockets.python;

import io.github.pysockets.bench.micro.Microbenchmark;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.UnsupportedStack;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/**
 * What the layer of Python's sockets itself takes: the stack below does nothing but fail, so no call reaches the
 * kernel, whose time would hide that of a layer.
 */
public class OwnCostBenchmark extends Microbenchmark {
    private static final int AF_UNIX = 1;
    private static final int NUMBER = 5;

    private final byte[] bytes = new byte[64];

    private PySocket failing;
    private PySocket notReady;

    @Setup
    public void open() {
        failing = open(Errno.EOPNOTSUPP);
        notReady = open(Errno.EAGAIN);
    }

    private static PySocket open(int errno) {
        var runtime = new SocketRuntime(new UnsupportedStack(errno), Numbering.SHARED, false, () -> false);
        PySocket made = new PySocket(runtime, runtime.table().add(NUMBER), AF_UNIX, Numbers.SOCK_STREAM, 0);
        made.assumeTimeout(0);
        return made;
    }

    @Benchmark
    public int recv() {
        return failing.recv(bytes, 0, bytes.length, 0);
    }

    @Benchmark
    public int recvEagain() {
        return notReady.recv(bytes, 0, bytes.length, 0);
    }

    private ByteSource source() {
        return (from, array, count) -> System.arraycopy(bytes, from, array, array.length - count, count);
    }

    @Benchmark
    public int send() {
        return failing.send(source(), bytes.length, 0);
    }

    @Benchmark
    public int sendAll() {
        return failing.sendAll(source(), bytes.length, 0);
    }
}
