package io.github.pysockets.bench.micro.python;

import io.github.pysockets.bench.micro.Microbenchmark;
import io.github.pysockets.bench.micro.Numbers;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.python.ByteSource;
import io.github.pysockets.python.PySocket;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.ForwardingEndpoint;
import io.github.pysockets.stack.ForwardingStack;
import io.github.pysockets.stack.StackException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What the layer of Python's sockets itself takes: sending and receiving fail in the stack below, so no call reaches
 * the kernel, whose time would hide that of a layer.
 */
public class OwnCostBenchmark extends Microbenchmark {
    /** Sends and receives nothing. */
    private static final class FailingStack extends ForwardingStack {
        private final int result;

        FailingStack(int errno) {
            super(LinuxStack.open());
            result = -errno;
        }

        @Override
        protected Endpoint wrap(Endpoint endpoint) {
            return new ForwardingEndpoint(endpoint, this::wrap) {
                @Override
                public int recv(byte[] into, int at, int count, int flags) {
                    return result;
                }

                @Override
                public int send(byte[] from, int at, int count, int flags) {
                    return result;
                }
            };
        }
    }

    private final byte[] bytes = new byte[64];

    private SocketRuntime failingRuntime;
    private SocketRuntime notReadyRuntime;
    private PySocket failing;
    private PySocket notReady;

    @Setup
    public void open() throws StackException {
        failingRuntime = Runtimes.on(new FailingStack(Errno.EOPNOTSUPP));
        failing = open(failingRuntime);
        notReadyRuntime = Runtimes.on(new FailingStack(Errno.EAGAIN));
        notReady = open(notReadyRuntime);
    }

    private static PySocket open(SocketRuntime runtime) throws StackException {
        PySocket made = runtime.open(Numbers.AF_UNIX, Numbers.SOCK_STREAM, 0);
        made.setTimeout(0);
        return made;
    }

    @TearDown
    public void close() {
        failingRuntime.close();
        notReadyRuntime.close();
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
