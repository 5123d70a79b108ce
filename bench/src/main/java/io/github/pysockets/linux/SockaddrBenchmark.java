package io.github.pysockets.linux;

import io.github.pysockets.bench.micro.Microbenchmark;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.SocketAddress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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
    }

    @Param
    public Form form;

    private final MemorySegment room = Arena.ofAuto().allocate(Scratch.ADDRESS_SIZE, Long.BYTES);
    private SocketAddress address;
    private int length;

    @Setup
    public void encodeOnce() {
        address = form.address;
        length = encode();
    }

    @Benchmark
    public int encode() {
        return SockaddrEncoder.encode(address, room);
    }

    @Benchmark
    public SocketAddress decode() {
        return SockaddrDecoder.decode(room, length, 0);
    }
}
