package io.github.pysockets.linux;

import io.github.pysockets.bench.micro.Microbenchmark;
import io.github.pysockets.stack.StackException;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** 64 bytes through a socketpair: by bare calls of libc, and by the endpoint that makes them. */
public class TransferBenchmark extends Microbenchmark {
    private static final int MSG_NOSIGNAL = 0x4000;

    private final byte[] bytes = new byte[64];
    private final MemorySegment segment = MemorySegment.ofArray(bytes);

    private Pair pair;
    private LinuxEndpoint near;
    private LinuxEndpoint far;

    @Setup
    public void open() throws StackException {
        pair = Pair.open();
        near = new LinuxEndpoint(pair.near());
        far = new LinuxEndpoint(pair.far());
    }

    @TearDown
    public void close() {
        pair.close();
    }

    @Benchmark
    public int libcSendAndRecv() {
        Scratch scratch = Scratch.mine();
        return TransferCalls.send(scratch, pair.near(), segment, MSG_NOSIGNAL)
                + TransferCalls.recv(scratch, pair.far(), segment, 0);
    }

    @Benchmark
    public int endpointSendAndRecv() {
        return near.send(bytes, 0, bytes.length, 0) + far.recv(bytes, 0, bytes.length, 0);
    }

    /** recv where nothing has come: EAGAIN. */
    @Benchmark
    public int libcEagain() {
        return TransferCalls.recv(Scratch.mine(), pair.far(), segment, 0);
    }

    @Benchmark
    public int endpointEagain() {
        return far.recv(bytes, 0, bytes.length, 0);
    }
}
