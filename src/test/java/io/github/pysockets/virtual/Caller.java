package io.github.pysockets.virtual;

import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLOUT;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_ERROR;
import static io.github.pysockets.abi.SocketTypes.SOCK_DGRAM;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.ClockStack;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.Poller;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.IntSupplier;

/** One thread's blocking calls on one host, of which each has a time limit. */
final class Caller implements AutoCloseable {
    private final ClockStack stack;
    private final Poller poller;
    private long limit = Poller.FOREVER;

    Caller(VirtualHost host) {
        stack = host.stack();
        try {
            poller = stack.newPoller();
        } catch (StackException failure) {
            throw new AssertionError(failure);
        }
    }

    /** How long each of the calls that follow may wait. */
    Caller within(Duration time) {
        limit = time == null ? Poller.FOREVER : time.toNanos();
        return this;
    }

    Endpoint tcp() throws StackException {
        return stack.socket(AF_INET, SOCK_STREAM, 0);
    }

    Endpoint udp(int port) throws StackException {
        Endpoint socket = stack.socket(AF_INET, SOCK_DGRAM, 0);
        socket.bind(any(port));
        return socket;
    }

    Endpoint listen(int port) throws StackException {
        Endpoint listener = tcp();
        listener.bind(any(port));
        listener.listen(100);
        return listener;
    }

    static SocketAddress any(int port) {
        return NetAddress.ANY_4.toSocketAddress(port);
    }

    static SocketAddress at(String address, int port) {
        return NetAddress.parse(address).toSocketAddress(port);
    }

    /** Repeats a call until it need not wait; {@code -EAGAIN} once the time is over. */
    int call(Endpoint endpoint, int events, IntSupplier call) {
        long end = stack.clock().nanoTime() + limit;
        for (;;) {
            int result = call.getAsInt();
            long left = limit < 0 ? Poller.FOREVER : Math.max(0, end - stack.clock().nanoTime());
            if (result != -Errno.EAGAIN || left == 0) {
                return result;
            }
            int polled = poller.poll(endpoint, events, left);
            if (polled < 0) {
                return polled;
            }
        }
    }

    int connect(Endpoint socket, SocketAddress to) {
        int begun = socket.connect(to);
        if (begun != -Errno.EINPROGRESS) {
            return begun;
        }
        if (poller.poll(socket, POLLOUT, limit) == 0) {
            return -Errno.EAGAIN;
        }
        try {
            return -socket.getOption(SOL_SOCKET, SO_ERROR);
        } catch (StackException failure) {
            return -failure.errno();
        }
    }

    /** A connection to the end. */
    Endpoint connected(String address, int port) throws StackException {
        Endpoint socket = tcp();
        int result = connect(socket, at(address, port));
        if (result != 0) {
            socket.close();
            throw new StackException(-result);
        }
        return socket;
    }

    Endpoint accept(Endpoint listener) throws StackException {
        AcceptedHolder accepted = new AcceptedHolder();
        int result = call(listener, POLLIN, () -> listener.accept(accepted));
        if (result < 0) {
            throw new StackException(-result);
        }
        return accepted.endpoint();
    }

    int send(Endpoint socket, String text) {
        return sendAll(socket, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    int sendAll(Endpoint socket, byte[] bytes) {
        int sent = 0;
        while (sent < bytes.length) {
            int at = sent;
            int result = call(socket, POLLOUT, () -> socket.send(bytes, at, bytes.length - at, 0));
            if (result < 0) {
                return result;
            }
            sent += result;
        }
        return sent;
    }

    int sendTo(Endpoint socket, String text, SocketAddress to) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return call(socket, POLLOUT, () -> socket.sendTo(bytes, 0, bytes.length, 0, to));
    }

    int receive(Endpoint socket, byte[] into) {
        return call(socket, POLLIN, () -> socket.recv(into, 0, into.length, 0));
    }

    /** What comes next: text, "" at the end, or "-N" for errno N. */
    String receive(Endpoint socket) {
        return receiveFrom(socket, null);
    }

    String receiveFrom(Endpoint socket, AddressHolder from) {
        byte[] into = new byte[65_536];
        int result = call(socket, POLLIN, () -> socket.recvFrom(into, 0, into.length, 0, from));
        return result < 0 ? Integer.toString(result) : new String(into, 0, result, StandardCharsets.ISO_8859_1);
    }

    /** All that comes until the end or a failure, which follows as "-N". */
    String receiveAll(Endpoint socket) {
        StringBuilder all = new StringBuilder();
        for (String next = receive(socket); !next.isEmpty(); next = receive(socket)) {
            all.append(next);
            if (next.startsWith("-")) {
                break;
            }
        }
        return all.toString();
    }

    void sleep(Duration time) {
        poller.poll(null, 0, time.toNanos());
    }

    @Override
    public void close() {
        poller.close();
    }
}
