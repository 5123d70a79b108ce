package io.github.pysockets.linux;

import io.github.pysockets.bench.micro.Microbenchmark;
import io.github.pysockets.stack.StackException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** getsockopt(2), as an example of a short call that passes its arguments in native memory. */
public class OptionBenchmark extends Microbenchmark {
    private static final int SOL_SOCKET = 1;
    private static final int SO_TYPE = 3;

    private Pair pair;
    private LinuxEndpoint endpoint;

    @Setup
    public void open() throws StackException {
        pair = Pair.open();
        endpoint = new LinuxEndpoint(pair.near());
    }

    @TearDown
    public void close() {
        pair.close();
    }

    @Benchmark
    public int libcGetsockopt() {
        Scratch scratch = Scratch.mine();
        return SocketCalls.getsockopt(
                scratch, pair.near(), SOL_SOCKET, SO_TYPE, scratch.room(Integer.BYTES), Integer.BYTES);
    }

    @Benchmark
    public int endpointGetOption() throws StackException {
        return endpoint.getOption(SOL_SOCKET, SO_TYPE);
    }
}
