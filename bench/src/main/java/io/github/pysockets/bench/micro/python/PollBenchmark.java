package io.github.pysockets.bench.micro.python;

import io.github.pysockets.bench.micro.Microbenchmark;
import io.github.pysockets.bench.micro.Numbers;
import io.github.pysockets.python.PollSet;
import io.github.pysockets.python.ReadyEvents;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.stack.StackException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** select.poll() of several sockets, one of which can be read. */
public class PollBenchmark extends Microbenchmark {
    @Param({"1", "100", "1000"})
    public int count;

    private SocketRuntime runtime;
    private ManySockets sockets;
    private final ReadyEvents found = new ReadyEvents();
    private PollSet set;

    @Setup
    public void open() throws StackException {
        runtime = Runtimes.open();
        set = new PollSet(runtime);
        sockets = new ManySockets(runtime, count);
        for (int number : sockets.numbers()) {
            set.register(number, Numbers.POLLIN);
        }
    }

    @TearDown
    public void close() {
        runtime.close();
    }

    @Benchmark
    public int poll(Blackhole hole) {
        found.prepare(0);
        int count = set.poll(-1, found);
        hole.consume(found.numbers());
        hole.consume(found.events());
        return count;
    }
}
