package io.github.pysockets.python;

import io.github.pysockets.bench.micro.Microbenchmark;
import io.github.pysockets.stack.StackException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** What a call that waits pays for the wait itself: the descriptor is ready at once, and the attempt does nothing. */
public class WaitingBenchmark extends Microbenchmark {
    private static final int AF_UNIX = 1;

    private SocketRuntime runtime;
    /** Held: an end that is dropped is closed. */
    private List<PySocket> pair;
    private Descriptor descriptor;

    @Setup
    public void open() throws StackException {
        runtime = Runtimes.open();
        pair = runtime.openPair(AF_UNIX, Numbers.SOCK_STREAM, 0);
        descriptor = pair.getFirst().descriptor();
    }

    @TearDown
    public void close() {
        runtime.close();
    }

    @Benchmark
    public int readyAtOnce() {
        return runtime.waiting()
                .until(descriptor, Numbers.POLLOUT, Deadline.never(), Waiting.NO_HANG_UP, () -> 1);
    }
}
