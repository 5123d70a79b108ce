package io.github.pysockets.virtual;

import static io.github.pysockets.abi.PollEvents.POLLERR;
import static io.github.pysockets.abi.PollEvents.POLLHUP;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_ACCEPTCONN;
import static io.github.pysockets.abi.SocketOptions.SO_DOMAIN;
import static io.github.pysockets.abi.SocketOptions.SO_ERROR;
import static io.github.pysockets.abi.SocketOptions.SO_PROTOCOL;
import static io.github.pysockets.abi.SocketOptions.SO_TYPE;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.OutgoingMessage;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.util.ArrayList;
import java.util.List;

/**
 * A socket, whatever number of {@linkplain VirtualEndpoint endpoints} refer to it. All calls are made within a call on
 * the {@link World}; their meaning is that of {@link io.github.pysockets.stack.Endpoint}.
 */
abstract class OpenSocket {
    final Node node;
    final World world;
    final OptionValues options;

    private final List<VirtualPoller> pollers = new ArrayList<>(1);
    private int references = 1;
    private boolean isNonBlocking;
    /** SO_ERROR: what the next call reports. */
    private int error;

    OpenSocket(Node node, OptionValues options) {
        this.node = node;
        world = node.world();
        this.options = options;
    }

    // The life of it

    final void refer() {
        references++;
    }

    /** Lets go of one reference. With the last one the socket is closed. */
    final void release() {
        if (--references == 0) {
            close();
        }
    }

    abstract void close();

    final boolean isNonBlocking() {
        return isNonBlocking;
    }

    final void setNonBlocking(boolean on) {
        isNonBlocking = on;
    }

    // Readiness

    /** What poll(2) tells of it now, whether it is asked for it or not. */
    abstract int ready();

    /** What poll(2) tells who asks for these events. */
    final int ready(int events) {
        return ready() & (events | POLLERR | POLLHUP);
    }

    final void add(VirtualPoller poller) {
        pollers.add(poller);
    }

    final void remove(VirtualPoller poller) {
        pollers.remove(poller);
    }

    /** Must be called after each change that {@link #ready} may tell. */
    final void changed() {
        for (int i = 0; i < pollers.size(); i++) {
            pollers.get(i).changed(this);
        }
    }

    // Errors

    final int error() {
        return error;
    }

    final void fail(int errno) {
        error = errno;
    }

    /** The negated error, once; or 0. */
    final int takeError() {
        int taken = error;
        error = 0;
        return -taken;
    }

    // Options

    byte[] readOption(int level, int name) throws StackException {
        if (level == SOL_SOCKET) {
            switch (name) {
                case SO_TYPE :
                    return OptionValues.bytes(options.type);
                case SO_DOMAIN :
                    return OptionValues.bytes(options.family);
                case SO_PROTOCOL :
                    return OptionValues.bytes(options.protocol);
                case SO_ACCEPTCONN :
                    return OptionValues.bytes(isListening() ? 1 : 0);
                case SO_ERROR :
                    return OptionValues.bytes(-takeError());
                default :
            }
        }
        return options.read(level, name);
    }

    void setOption(int level, int name, byte[] value) throws StackException {
        options.set(level, name, value);
    }

    boolean isListening() {
        return false;
    }

    // Calls

    abstract void bind(SocketAddress local) throws StackException;

    void listen(int backlog) throws StackException {
        throw new StackException(Errno.EOPNOTSUPP);
    }

    abstract int connect(SocketAddress remote);

    int accept(AcceptedHolder accepted) {
        return -Errno.EOPNOTSUPP;
    }

    /** @param to null for none */
    abstract int send(byte[] from, int at, int count, int flags, SocketAddress to);

    /** @param from null where the caller does not want to know */
    abstract int receive(byte[] into, int at, int count, int flags, AddressHolder from);

    /** Where ancillary data means nothing, it is ignored. */
    int sendMessage(OutgoingMessage message, int flags) {
        return send(message.data(), message.at(), message.count(), flags, message.to());
    }

    abstract int receiveMessage(IncomingMessage message, int flags);

    abstract void shutdown(int how) throws StackException;

    abstract SocketAddress localAddress() throws StackException;

    abstract SocketAddress peerAddress() throws StackException;
}
