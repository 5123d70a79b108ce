package io.github.pysockets.bench.micro.python;

import io.github.pysockets.bench.micro.Microbenchmark;
import io.github.pysockets.bench.micro.Numbers;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.python.PySocket;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.ForwardingEndpoint;
import io.github.pysockets.stack.ForwardingStack;
import io.github.pysockets.stack.StackException;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What a call that waits pays for the wait itself: a recv whose first attempt finds nothing, whose descriptor is ready
 * at once, and whose second attempt does nothing. OwnCostBenchmark has what the call takes without the wait.
 */
public class WaitingBenchmark extends Microbenchmark {
    /** Every other recv finds nothing, the others a byte that stays where it is. */
    private static final class LateStack extends ForwardingStack {
        LateStack() {
            super(LinuxStack.open());
        }

        @Override
        protected Endpoint wrap(Endpoint endpoint) {
            return new ForwardingEndpoint(endpoint, this::wrap) {
                private boolean late;

                @Override
                public int recv(byte[] into, int at, int count, int flags) {
                    late = !late;
                    return late ? -Errno.EAGAIN : 1;
                }
            };
        }
    }

    private final byte[] into = new byte[1];

    private SocketRuntime runtime;
    /** Held: an end that is dropped is closed. */
    private List<PySocket> pair;
    private PySocket socket;

    @Setup
    public void open() throws StackException {
        runtime = Runtimes.on(new LateStack());
        pair = runtime.openPair(Numbers.AF_UNIX, Numbers.SOCK_STREAM, 0);
        socket = pair.getFirst();
        pair.getLast().send((_, array, _) -> array[array.length - 1] = 1, 1, 0);
    }

    @TearDown
    public void close() {
        runtime.close();
    }

    @Benchmark
    public int readyAtOnce() {
        return socket.recv(into, 0, into.length, 0);
    }
}
