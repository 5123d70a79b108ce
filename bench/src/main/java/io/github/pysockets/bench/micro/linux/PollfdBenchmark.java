package io.github.pysockets.bench.micro.linux;

import static java.lang.invoke.MethodType.methodType;

import io.github.pysockets.bench.micro.Microbenchmark;
import io.github.pysockets.bench.micro.Numbers;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Entries of an array of struct pollfd, written and read. No call of libc. */
public class PollfdBenchmark extends Microbenchmark {
    private static final int COUNT = 1000;
    private static final long SIZE = 8;

    private static final MethodHandle ENCODE = Hidden.method("Pollfd", "encode",
            methodType(void.class, MemorySegment.class, int.class, int.class, short.class));
    private static final MethodHandle READY =
            Hidden.method("Pollfd", "ready", methodType(short.class, MemorySegment.class, int.class));

    private final MemorySegment array = Arena.ofAuto().allocate(COUNT * SIZE, Long.BYTES);

    @Benchmark
    @OperationsPerInvocation(COUNT)
    public int encodeAndRead() throws Throwable {
        for (int i = 0; i < COUNT; i++) {
            ENCODE.invokeExact(array, i, i, Numbers.POLLIN);
        }
        int sum = 0;
        for (int i = 0; i < COUNT; i++) {
            sum += (short) READY.invokeExact(array, i);
        }
        return sum;
    }
}
