package io.github.pysockets.bench.micro.python;

import io.github.pysockets.bench.micro.Microbenchmark;
import io.github.pysockets.python.Select;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.stack.StackException;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** select of several sockets, one of which can be read. More of them have numbers that select does not take. */
public class SelectBenchmark extends Microbenchmark {
    @Param({"1", "100", "900"})
    public int count;

    private SocketRuntime runtime;
    private ManySockets sockets;
    private Select select;
    private int[] numbers;
    private byte[] wanted;
    private byte[] ready;

    @Setup
    public void open() throws StackException {
        runtime = Runtimes.open();
        select = new Select(runtime);
        sockets = new ManySockets(runtime, count);
        numbers = sockets.numbers();
        wanted = new byte[count];
        Arrays.fill(wanted, (byte) Select.READ);
        ready = new byte[count];
    }

    @TearDown
    public void close() {
        runtime.close();
    }

    @Benchmark
    public int select() {
        return select.select(numbers, wanted, ready, count, -1);
    }
}
