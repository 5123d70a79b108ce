package io.github.pysockets.bench.micro.linux;

import io.github.pysockets.bench.micro.Microbenchmark;
import io.github.pysockets.bench.micro.Numbers;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.stack.StackException;
import java.lang.foreign.MemorySegment;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** 64 bytes through a socketpair: by bare calls of libc, and by the stack's endpoints. */
public class TransferBenchmark extends Microbenchmark {
    private final byte[] bytes = new byte[64];
    private final MemorySegment segment = MemorySegment.ofArray(bytes);

    private Endpoint near;
    private Endpoint far;

    @Setup
    public void open() throws StackException {
        EndpointPair pair = LinuxStack.open().socketpair(Numbers.AF_UNIX, Numbers.SOCK_STREAM, 0);
        near = pair.first();
        far = pair.second();
    }

    @TearDown
    public void close() throws StackException {
        near.close();
        far.close();
    }

    @Benchmark
    public long libcSendAndRecv() {
        return Libc.send(Libc.descriptor(near), segment, Numbers.MSG_NOSIGNAL | Numbers.MSG_DONTWAIT)
                + Libc.recv(Libc.descriptor(far), segment, Numbers.MSG_DONTWAIT);
    }

    @Benchmark
    public int endpointSendAndRecv() {
        return near.send(bytes, 0, bytes.length, 0) + far.recv(bytes, 0, bytes.length, 0);
    }

    /** recv where nothing has come: EAGAIN. */
    @Benchmark
    public long libcEagain() {
        return Libc.recv(Libc.descriptor(far), segment, Numbers.MSG_DONTWAIT);
    }

    @Benchmark
    public int endpointEagain() {
        return far.recv(bytes, 0, bytes.length, 0);
    }
}
