package io.github.pysockets.bench.micro.linux;

import io.github.pysockets.bench.micro.Microbenchmark;
import io.github.pysockets.bench.micro.Numbers;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.StackException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** getsockopt(2), as an example of a short call that passes its arguments in native memory. */
public class OptionBenchmark extends Microbenchmark {
    private final MemorySegment value = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);
    private final MemorySegment length = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);

    private Endpoint endpoint;

    @Setup
    public void open() throws StackException {
        endpoint = LinuxStack.open().socket(Numbers.AF_UNIX, Numbers.SOCK_STREAM, 0);
    }

    @TearDown
    public void close() throws StackException {
        endpoint.close();
    }

    @Benchmark
    public int libcGetsockopt() {
        length.set(ValueLayout.JAVA_INT, 0, Integer.BYTES);
        return Libc.getsockopt(Libc.descriptor(endpoint), Numbers.SOL_SOCKET, Numbers.SO_TYPE, value, length);
    }

    @Benchmark
    public int endpointGetOption() throws StackException {
        return endpoint.getOption(Numbers.SOL_SOCKET, Numbers.SO_TYPE);
    }
}
