package io.github.pysockets.linux;

import io.github.pysockets.bench.micro.Microbenchmark;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Entries of an array of struct pollfd, written and read. No call of libc. */
public class PollfdBenchmark extends Microbenchmark {
    private static final int COUNT = 1000;
    private static final short POLLIN = 1;

    private final MemorySegment array = Arena.ofAuto().allocate((long) COUNT * Pollfd.SIZE, Long.BYTES);

    @Benchmark
    @OperationsPerInvocation(COUNT)
    public int encodeAndRead() {
        for (int i = 0; i < COUNT; i++) {
            Pollfd.encode(array, i, i, POLLIN);
        }
        int sum = 0;
        for (int i = 0; i < COUNT; i++) {
            sum += Pollfd.ready(array, i);
        }
        return sum;
    }
}
