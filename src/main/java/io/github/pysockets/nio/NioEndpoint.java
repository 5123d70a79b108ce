package io.github.pysockets.nio;

import static io.github.pysockets.abi.MessageFlags.MSG_CMSG_CLOEXEC;
import static io.github.pysockets.abi.MessageFlags.MSG_DONTWAIT;
import static io.github.pysockets.abi.MessageFlags.MSG_NOSIGNAL;
import static io.github.pysockets.abi.MessageFlags.MSG_PEEK;
import static io.github.pysockets.abi.MessageFlags.MSG_TRUNC;
import static io.github.pysockets.abi.MessageFlags.MSG_WAITALL;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.nio.ExceptionErrno.Call;
import io.github.pysockets.stack.MessageEndpoint;
import io.github.pysockets.stack.OutgoingMessage;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import java.util.Arrays;

/**
 * A socket on a channel. Its channel never blocks; in which mode the socket is, is a note for the layer above.
 */
abstract class NioEndpoint implements MessageEndpoint {
    /** No call here waits, no signal is raised and no descriptor is received: these change nothing. */
    static final int EFFECTLESS = MSG_DONTWAIT | MSG_NOSIGNAL | MSG_CMSG_CLOEXEC;
    static final int RECEIVE_FLAGS = EFFECTLESS | MSG_PEEK | MSG_TRUNC | MSG_WAITALL;
    static final int SEND_FLAGS = EFFECTLESS;

    private static final Watch[] NONE = {};

    /** Guards what the endpoint is. Calls that only move bytes do without. */
    final Object lock = new Object();

    private final int family;
    private final EndpointOptions options;
    private volatile boolean isNonBlocking;
    private volatile boolean isClosed;

    private final Object watchLock = new Object();
    /** Never changed, only replaced. */
    private volatile Watch[] watches = NONE;

    NioEndpoint(int family, int type, int protocol) {
        this.family = family;
        options = new EndpointOptions(this, family, type, protocol);
    }

    final int family() {
        return family;
    }

    static ProtocolFamily javaFamily(int family) throws StackException {
        return switch (family) {
            case io.github.pysockets.abi.AddressFamilies.AF_INET -> StandardProtocolFamily.INET;
            case io.github.pysockets.abi.AddressFamilies.AF_INET6 -> StandardProtocolFamily.INET6;
            case io.github.pysockets.abi.AddressFamilies.AF_UNIX -> StandardProtocolFamily.UNIX;
            default -> throw new StackException(Errno.EAFNOSUPPORT);
        };
    }

    final EndpointOptions options() {
        return options;
    }

    /** The channel of now; null for a pair in memory. A listening socket has another one than before. */
    abstract SelectableChannel channel();

    final NetworkChannel networkChannel() {
        return (NetworkChannel) channel();
    }

    // For pollers

    /**
     * The operations that a wait for these events has to select for.
     *
     * @param asked POLLIN and so on
     */
    abstract int interest(int asked);

    /**
     * The events of poll(2) that there are now.
     *
     * @param asked POLLIN and so on. Others may be among the result
     * @param ready the operations that a selection has found ready
     */
    abstract int events(int asked, int ready);

    final boolean isClosed() {
        return isClosed;
    }

    /** The endpoint in a poller. */
    final Watch watch(NioPoller poller) {
        Watch found = watchIfAny(poller);
        if (found != null) {
            return found;
        }
        Watch watch = new Watch(poller, this);
        synchronized (watchLock) {
            Watch[] more = Arrays.copyOf(watches, watches.length + 1);
            more[watches.length] = watch;
            watches = more;
        }
        poller.add(watch);
        return watch;
    }

    final Watch watchIfAny(NioPoller poller) {
        for (Watch watch : watches) {
            if (watch.poller() == poller) {
                return watch;
            }
        }
        return null;
    }

    /** Its poller has no use for it. */
    final void drop(Watch watch) {
        synchronized (watchLock) {
            watches = Arrays.stream(watches).filter(other -> other != watch).toArray(Watch[]::new);
        }
    }

    /** Has the pollers that wait for this ask again. */
    final void refreshPollers() {
        for (Watch watch : watches) {
            watch.poller().refresh();
        }
    }

    /** Closes a channel at once, although pollers know it. */
    final void release(SelectableChannel channel) throws IOException {
        Watch[] last;
        synchronized (watchLock) {
            last = watches;
            watches = NONE;
        }
        for (Watch watch : last) {
            watch.poller().forget(watch);
        }
        if (channel != null) {
            channel.close();
        }
    }

    // What all have

    /** @throws StackException EBADF once closed */
    final void ensureOpen() throws StackException {
        if (isClosed) {
            throw new StackException(Errno.EBADF);
        }
    }

    /** The errno of a failure, which is EBADF for whatever fails because the endpoint is closed. */
    final int errno(Exception failure, Call call) {
        return isClosed ? Errno.EBADF : ExceptionErrno.of(failure, call);
    }

    final StackException failed(Exception failure, Call call) {
        return new StackException(errno(failure, call));
    }

    final java.net.SocketAddress java(SocketAddress address) throws StackException {
        return JavaAddress.of(family, address);
    }

    /** sun_path without the zeros that may follow it, and so on: what Java knows of an address. */
    final SocketAddress from(java.net.SocketAddress address) {
        return JavaAddress.from(family, address);
    }

    @Override
    public final int getOption(int level, int name, byte[] value) throws StackException {
        synchronized (lock) {
            ensureOpen();
            return options.get(level, name, value);
        }
    }

    @Override
    public final int getOption(int level, int name) throws StackException {
        synchronized (lock) {
            ensureOpen();
            return options.get(level, name);
        }
    }

    @Override
    public final void setOption(int level, int name, byte[] value) throws StackException {
        synchronized (lock) {
            ensureOpen();
            options.set(level, name, value);
        }
    }

    @Override
    public final void setOption(int level, int name, int value) throws StackException {
        synchronized (lock) {
            ensureOpen();
            options.set(level, name, OptionBytes.of(value));
        }
    }

    @Override
    public final void setOptionLength(int level, int name, int length) throws StackException {
        ensureOpen();
        options.setLength(level, name, length);
    }

    /** SO_ERROR: the positive errno of what failed since the last time, which is then forgotten. */
    abstract int takeError();

    /** SO_ACCEPTCONN. */
    abstract boolean isListening();

    /** Whether bind was called, or a call that implies it. */
    abstract boolean isBound();

    @Override
    public final int sendMessage(OutgoingMessage message, int flags) {
        if (!message.control().isEmpty()) {
            return isClosed() ? -Errno.EBADF : -Errno.EOPNOTSUPP;
        }
        return message.to() == null
                ? send(message.data(), message.at(), message.count(), flags)
                : sendTo(message.data(), message.at(), message.count(), flags, message.to());
    }

    @Override
    public final void setNonBlocking(boolean on) throws StackException {
        ensureOpen();
        isNonBlocking = on;
    }

    @Override
    public final boolean isNonBlocking() throws StackException {
        ensureOpen();
        return isNonBlocking;
    }

    @Override
    public final void close() throws StackException {
        synchronized (lock) {
            ensureOpen();
            isClosed = true;
        }
        try {
            closing();
            release(channel());
        } catch (IOException failure) {
            // close(2) closes whatever it returns, and what it could report is of a file system.
        }
    }

    /** Called once, right before the channel is closed. */
    void closing() {}
}
