package io.github.pysockets.observe;

import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLOUT;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_ERROR;
import static io.github.pysockets.abi.SocketTypes.SOCK_DGRAM;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.stack.FailureText;
import io.github.pysockets.stack.ForwardingEndpoint;
import io.github.pysockets.stack.ForwardingStack;
import io.github.pysockets.stack.Poller;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import java.util.concurrent.TimeUnit;

/** An observed stack, and sockets of it that reach each other. */
final class Wires implements AutoCloseable {
    private static final int LOOPBACK = 0x7f00_0001;
    private static final long LIMIT = TimeUnit.SECONDS.toNanos(30);

    final Notes notes = new Notes();
    final ObservedStack stack;
    private final Poller poller;

    Wires() {
        this(LinuxStack.open());
    }

    Wires(SocketStack base) {
        stack = new ObservedStack(base, "wires", notes);
        try {
            poller = stack.newPoller();
        } catch (StackException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        poller.close();
    }

    EndpointPair pair() throws StackException {
        return stack.socketpair(AF_UNIX, SOCK_STREAM, 0);
    }

    Endpoint tcp() throws StackException {
        return stack.socket(AF_INET, SOCK_STREAM, 0);
    }

    Endpoint server() throws StackException {
        Endpoint server = tcp();
        server.bind(new SockaddrIn(LOOPBACK, 0));
        server.listen(5);
        return server;
    }

    Endpoint udp() throws StackException {
        Endpoint udp = stack.socket(AF_INET, SOCK_DGRAM, 0);
        udp.bind(new SockaddrIn(LOOPBACK, 0));
        return udp;
    }

    /** An address at which nobody listens. */
    SocketAddress deaf() throws StackException {
        Endpoint taken = LinuxStack.open().socket(AF_INET, SOCK_STREAM, 0);
        taken.bind(new SockaddrIn(LOOPBACK, 0));
        SocketAddress address = taken.localAddress();
        taken.close();
        return address;
    }

    void await(Endpoint endpoint, int event) {
        poller.poll(endpoint, event, LIMIT);
    }

    /** Connects, and learns of the outcome as a script does. */
    int connect(Endpoint client, SocketAddress remote) throws StackException {
        int result = client.connect(remote);
        if (result != -Errno.EINPROGRESS) {
            return result;
        }
        await(client, POLLOUT);
        return -client.getOption(SOL_SOCKET, SO_ERROR);
    }

    Endpoint accept(Endpoint server) {
        await(server, POLLIN);
        AcceptedHolder accepted = new AcceptedHolder();
        assertEquals(0, server.accept(accepted));
        return accepted.endpoint();
    }

    /** The state of the socket that was opened last. */
    SocketState newest() {
        return stack.statistics().sockets().getLast();
    }

    /** Reports each connection as in progress at first, even where it is there already, as a slow network would. */
    static SocketStack slow() {
        return new ForwardingStack(LinuxStack.open()) {
            @Override
            protected Endpoint wrap(Endpoint endpoint) {
                return new ForwardingEndpoint(endpoint, this::wrap) {
                    private boolean hasBegun;

                    @Override
                    public int connect(SocketAddress remote) {
                        int result = super.connect(remote);
                        boolean isFirst = !hasBegun;
                        hasBegun = true;
                        return isFirst && result == 0 ? -Errno.EINPROGRESS : result;
                    }
                };
            }
        };
    }

    /** Refuses to connect, to bind and to set options with an errno, and says why. */
    static SocketStack refusing(int errno, String reason) {
        return new ForwardingStack(LinuxStack.open()) {
            @Override
            protected Endpoint wrap(Endpoint endpoint) {
                return new ForwardingEndpoint(endpoint, this::wrap) {
                    @Override
                    public int connect(SocketAddress remote) {
                        leave();
                        return -errno;
                    }

                    @Override
                    public void bind(SocketAddress local) throws StackException {
                        leave();
                        throw new StackException(errno);
                    }

                    @Override
                    public void setOption(int level, int name, int value) throws StackException {
                        leave();
                        throw new StackException(errno);
                    }

                    private void leave() {
                        FailureText.clear();
                        if (reason != null) {
                            FailureText.leave(errno, reason);
                        }
                    }
                };
            }
        };
    }
}
