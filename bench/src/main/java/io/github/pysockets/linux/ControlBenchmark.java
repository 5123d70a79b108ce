package io.github.pysockets.linux;

import io.github.pysockets.bench.micro.Microbenchmark;
import io.github.pysockets.stack.ControlMessage;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Ancillary data of one item, a descriptor, to struct cmsghdr and back. No call of libc. */
public class ControlBenchmark extends Microbenchmark {
    private static final int SOL_SOCKET = 1;
    private static final int SCM_RIGHTS = 1;

    private final List<ControlMessage> items = List.of(new ControlMessage(SOL_SOCKET, SCM_RIGHTS, new byte[4]));
    private final MemorySegment room = Arena.ofAuto().allocate(ControlCodec.space(items), Long.BYTES);

    @Setup
    @Benchmark
    public void encode() {
        ControlCodec.encode(items, room);
    }

    @Benchmark
    public Object decode() {
        return ControlCodec.decode(room, room.byteSize());
    }
}
