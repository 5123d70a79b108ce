package io.github.pysockets.bench.micro.python;

import io.github.pysockets.bench.micro.Microbenchmark;
import io.github.pysockets.bench.micro.Numbers;
import io.github.pysockets.python.PyEpoll;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.stack.StackException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** epoll of several sockets, one of which can be read. */
public class EpollBenchmark extends Microbenchmark {
    private static final int MOST = 64;

    @Param({"1", "1000"})
    public int count;

    private final int[] numbers = new int[MOST];
    private final int[] events = new int[MOST];

    private SocketRuntime runtime;
    private ManySockets sockets;
    private PyEpoll epoll;

    @Setup
    public void open() throws StackException {
        runtime = Runtimes.open();
        epoll = runtime.openEpoll(0);
        sockets = new ManySockets(runtime, count);
        for (int number : sockets.numbers()) {
            epoll.control(Numbers.EPOLL_CTL_ADD, number, Numbers.POLLIN);
        }
    }

    @TearDown
    public void close() {
        runtime.close();
    }

    @Benchmark
    public int poll() {
        return epoll.poll(-1, numbers, events, MOST);
    }
}
