package io.github.pysockets.linux;

import io.github.pysockets.bench.micro.Microbenchmark;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The life of a TCP connection over loopback, both its sides: socket, connect, accept, close, close. The client resets
 * it, so that no port stays in TIME_WAIT.
 */
public class ConnectionBenchmark extends Microbenchmark {
    private static final int AF_INET = 2;
    private static final int SOCK_STREAM = 1;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_LINGER = 13;
    private static final int LOOPBACK = 0x7F00_0001;
    private static final int BACKLOG = 128;
    /** struct linger: on, no seconds. */
    private static final long RESETTING = 1;

    private final AddressHolder peer = new AddressHolder();
    private final byte[] linger = {1, 0, 0, 0, 0, 0, 0, 0};

    private LinuxEndpoint listener;
    private SocketAddress address;

    @Setup
    public void listen() throws StackException {
        listener = open();
        listener.bind(new SockaddrIn(LOOPBACK, 0));
        listener.listen(BACKLOG);
        address = listener.localAddress();
    }

    private static LinuxEndpoint open() throws StackException {
        return new LinuxEndpoint(ErrnoCheck.check(SocketCalls.socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)));
    }

    @TearDown
    public void close() throws StackException {
        listener.close();
    }

    /** As a program in C would do it, with blocking descriptors. */
    @Benchmark
    public int libcConnection() throws StackException {
        int client = ErrnoCheck.check(SocketCalls.socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        Scratch scratch = Scratch.mine();
        MemorySegment room = scratch.room(Long.BYTES);
        room.set(ValueLayout.JAVA_LONG, 0, RESETTING);
        ErrnoCheck.check(SocketCalls.setsockopt(client, SOL_SOCKET, SO_LINGER, room));
        int length = SockaddrEncoder.encode(address, scratch.address());
        ErrnoCheck.check(SocketCalls.connect(client, scratch.address(length)));
        int server = ErrnoCheck.check(SocketCalls.accept(scratch, listener.descriptor(), SOCK_CLOEXEC));
        return DescriptorCalls.close(client) + DescriptorCalls.close(server);
    }

    /** connect is not waited for: over loopback the connection is there at once. */
    @Benchmark
    public int endpointConnection() throws StackException {
        LinuxEndpoint client = open();
        client.setOption(SOL_SOCKET, SO_LINGER, linger);
        int result = client.connect(address);
        LinuxEndpoint server = new LinuxEndpoint(ErrnoCheck.check(listener.accept(peer)));
        client.close();
        server.close();
        return result;
    }

    @Benchmark
    public int libcSocketAndClose() throws StackException {
        return DescriptorCalls.close(ErrnoCheck.check(SocketCalls.socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)));
    }
}
