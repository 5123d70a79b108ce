package io.github.pysockets.bench.micro.linux;

import static java.lang.invoke.MethodType.methodType;

import io.github.pysockets.abi.ControlMessages;
import io.github.pysockets.bench.micro.Microbenchmark;
import io.github.pysockets.bench.micro.Numbers;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.ControlMessage;
import io.github.pysockets.stack.Endpoint;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/** Ancillary data of one item, a descriptor, to struct cmsghdr and back. No call of libc. */
public class ControlBenchmark extends Microbenchmark {
    private static final MethodHandle ENCODE =
            Hidden.method("ControlCodec", "encode", methodType(boolean.class, List.class, MemorySegment.class));
    private static final MethodHandle DECODE =
            Hidden.method("ControlCodec", "decode", methodType(Object.class, MemorySegment.class, long.class));

    /** Of a descriptor that is always there. */
    private final Endpoint input = LinuxStack.open().endpoint(0);
    private final List<ControlMessage> items = List.of(
            new ControlMessage(Numbers.SOL_SOCKET, Numbers.SCM_RIGHTS, new byte[0], List.of(input)));
    private final MemorySegment room = Arena.ofAuto().allocate(ControlMessages.space(Integer.BYTES), Long.BYTES);

    @Setup
    public void prepare() throws Throwable {
        encode();
    }

    @Benchmark
    public boolean encode() throws Throwable {
        return (boolean) ENCODE.invokeExact(items, room);
    }

    @Benchmark
    public Object decode() throws Throwable {
        return (Object) DECODE.invokeExact(room, room.byteSize());
    }
}
