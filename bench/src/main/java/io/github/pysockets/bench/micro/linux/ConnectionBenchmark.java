package io.github.pysockets.bench.micro.linux;

import io.github.pysockets.bench.micro.Microbenchmark;
import io.github.pysockets.bench.micro.Numbers;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The life of a TCP connection over loopback, both its sides: socket, connect, accept, close, close. The client resets
 * it, so that no port stays in TIME_WAIT.
 */
public class ConnectionBenchmark extends Microbenchmark {
    private static final int TCP = Numbers.SOCK_STREAM | Numbers.SOCK_CLOEXEC;
    private static final int BACKLOG = 128;

    private final LinuxStack stack = LinuxStack.open();
    private final AcceptedHolder accepted = new AcceptedHolder();
    /** struct linger: on, no seconds. */
    private final byte[] linger = {1, 0, 0, 0, 0, 0, 0, 0};

    private final MemorySegment nativeLinger = Arena.ofAuto().allocate(linger.length, Integer.BYTES);
    private final MemorySegment nativeAddress = Arena.ofAuto().allocate(16, Integer.BYTES);
    private final MemorySegment nativePeer = Arena.ofAuto().allocate(16, Integer.BYTES);
    private final MemorySegment nativeLength = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);

    private Endpoint listener;
    private SocketAddress address;

    @Setup
    public void listen() throws StackException {
        listener = stack.socket(Numbers.AF_INET, Numbers.SOCK_STREAM, 0);
        listener.bind(new SockaddrIn(Numbers.LOOPBACK, 0));
        listener.listen(BACKLOG);
        address = listener.localAddress();
        nativeLinger.copyFrom(MemorySegment.ofArray(linger));
        // struct sockaddr_in
        nativeAddress.set(ValueLayout.JAVA_SHORT, 0, (short) Numbers.AF_INET);
        nativeAddress.set(ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), 2,
                (short) ((SockaddrIn) address).port());
        nativeAddress.set(ValueLayout.JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN), 4, Numbers.LOOPBACK);
    }

    @TearDown
    public void close() throws StackException {
        listener.close();
    }

    /** As a program in C would do it, with blocking descriptors. */
    @Benchmark
    public int libcConnection() {
        int client = Libc.socket(Numbers.AF_INET, TCP);
        Libc.setsockopt(client, Numbers.SOL_SOCKET, Numbers.SO_LINGER, nativeLinger);
        Libc.connect(client, nativeAddress);
        nativeLength.set(ValueLayout.JAVA_INT, 0, (int) nativePeer.byteSize());
        int server = Libc.accept(Libc.descriptor(listener), nativePeer, nativeLength, Numbers.SOCK_CLOEXEC);
        return Libc.close(client) + Libc.close(server);
    }

    /** connect is not waited for: over loopback the connection is there at once. */
    @Benchmark
    public int endpointConnection() throws StackException {
        Endpoint client = stack.socket(Numbers.AF_INET, Numbers.SOCK_STREAM, 0);
        client.setOption(Numbers.SOL_SOCKET, Numbers.SO_LINGER, linger);
        int result = client.connect(address);
        listener.accept(accepted);
        client.close();
        accepted.endpoint().close();
        return result;
    }

    @Benchmark
    public int libcSocketAndClose() {
        return Libc.close(Libc.socket(Numbers.AF_INET, TCP));
    }
}
