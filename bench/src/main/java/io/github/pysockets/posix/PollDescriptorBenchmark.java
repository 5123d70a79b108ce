package io.github.pysockets.posix;

import io.github.pysockets.bench.micro.Microbenchmark;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/** Entries of an array of struct pollfd, written and read. No call of libc. */
public class PollDescriptorBenchmark extends Microbenchmark {
    private static final int COUNT = 1000;
    private static final short POLLIN = 1;

    private final MemorySegment array = Arena.ofAuto().allocate((long) COUNT * PollDescriptor.SIZE, Long.BYTES);

    @Benchmark
    @OperationsPerInvocation(COUNT)
    public int encodeAndRead() {
        for (int i = 0; i < COUNT; i++) {
            PollDescriptor.encode(array, i, i, POLLIN);
        }
        int sum = 0;
        for (int i = 0; i < COUNT; i++) {
            sum += PollDescriptor.ready(array, i);
        }
        return sum;
    }
}
