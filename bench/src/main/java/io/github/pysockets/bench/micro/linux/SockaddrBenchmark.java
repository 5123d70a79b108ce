package io.github.pysockets.bench.micro.linux;

import static java.lang.invoke.MethodType.methodType;

import io.github.pysockets.bench.micro.Microbenchmark;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.SocketAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Socket addresses to the kernel's structs and back. No call of libc. */
public class SockaddrBenchmark extends Microbenchmark {
    /** The address that is encoded and decoded. */
    public enum Form {
        IN(new SockaddrIn(0x7F00_0001, 80)),
        IN6(new SockaddrIn6(0, 1, 80, 0, 0)),
        UN(new SockaddrUn("/tmp/socket".getBytes(StandardCharsets.UTF_8)));

        private final SocketAddress address;

        Form(SocketAddress address) {
            this.address = address;
        }

        SocketAddress address() {
            return address;
        }
    }

    /** struct sockaddr_storage. */
    private static final long ADDRESS_SIZE = 128;

    private static final MethodHandle ENCODE = Hidden.method("SockaddrCodec", "encode",
            methodType(int.class, SocketAddress.class, MemorySegment.class));
    private static final MethodHandle DECODE = Hidden.method("SockaddrCodec", "decode",
            methodType(SocketAddress.class, MemorySegment.class, int.class, int.class));

    @Param
    public Form form;

    private final MemorySegment room = Arena.ofAuto().allocate(ADDRESS_SIZE, Long.BYTES);
    private SocketAddress address;
    private int length;

    @Setup
    public void encodeOnce() throws Throwable {
        address = form.address;
        length = encode();
    }

    @Benchmark
    public int encode() throws Throwable {
        return (int) ENCODE.invokeExact(address, room);
    }

    @Benchmark
    public SocketAddress decode() throws Throwable {
        return (SocketAddress) DECODE.invokeExact(room, length, 0);
    }
}
