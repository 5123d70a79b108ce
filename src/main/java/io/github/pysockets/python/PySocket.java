package io.github.pysockets.python;

import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.abi.MessageFlags;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.MessageEndpoint;
import io.github.pysockets.stack.OutgoingMessage;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;

/**
 * A Python socket: an endpoint with a timeout. Python code holds it as an opaque object and passes it back with each
 * call.
 *
 * <p>Int results are zero or more, or one of {@link Codes}. Once closed or detached, calls fail with EBADF.
 * Thread-safe.
 */
public final class PySocket implements Blockable {
    private final SocketRuntime runtime;
    private final SocketHandle holding;
    private final Connecting connecting = new Connecting(this);

    /** Nanoseconds; 0 for non-blocking, {@link WaitLimit#BLOCKING} for no limit. */
    private volatile long timeout = WaitLimit.BLOCKING;

    /** @param descriptor null for a socket that was never opened */
    PySocket(SocketRuntime runtime, Descriptor descriptor, int family, int type, int protocol) {
        this.runtime = runtime;
        holding = new SocketHandle(descriptor, family, type, protocol);
        if (descriptor != null) {
            holding.follow(this);
        }
    }

    public int family() {
        return holding.family();
    }

    /** The type, without SOCK_NONBLOCK and SOCK_CLOEXEC. */
    public int type() {
        return holding.type();
    }

    public int protocol() {
        return holding.protocol();
    }

    /** The descriptor number; -1 once closed or detached. */
    public int fileno() {
        Descriptor held = holding.descriptor();
        return held == null || held.isClosed() ? -1 : published(held);
    }

    /** The number, for a script. One whose flags cannot be set is closed, or soon will be: its next use tells. */
    private static int published(Descriptor descriptor) {
        try {
            return descriptor.use(_ -> descriptor.publish());
        } catch (StackException closed) {
            return closed.errno() == Errno.EBADF ? -1 : descriptor.number();
        }
    }

    /** The part that outlives this object, for a finalizer. */
    public SocketHandle holding() {
        return holding;
    }

    // Life

    /**
     * Closes the descriptor, if the socket holds one. Calls that wait on it end with EBADF. Waits as SO_LINGER says.
     *
     * @throws CallFailure where that wait was ended; the descriptor is closed all the same
     */
    public void close() throws CallFailure, StackException {
        Descriptor held = holding.release();
        if (held != null) {
            held.close();
        }
    }

    /** Releases the descriptor without closing it. Returns its number, or -1. */
    public int detach() {
        return Math.max(-1, BlockingCalls.within(holding.release(), held -> {
            held.holdBy(Holder.SCRIPT);
            return published(held);
        }));
    }

    /**
     * Sets how long calls wait.
     *
     * @param nanos nanoseconds; 0 for non-blocking, negative for no limit
     */
    public void setTimeout(long nanos) throws StackException {
        timeout = nanos < 0 ? WaitLimit.BLOCKING : nanos;
        use(endpoint -> {
            endpoint.setNonBlocking(nanos >= 0);
            return null;
        });
    }

    /** Sets a timeout that matches the descriptor's current mode. */
    void assumeTimeout(long nanos) {
        timeout = nanos;
    }

    // Connections

    public void bind(SocketAddress local) throws StackException {
        use(endpoint -> {
            endpoint.bind(local);
            return null;
        });
    }

    public void listen(int backlog) throws StackException {
        use(endpoint -> {
            endpoint.listen(backlog);
            return null;
        });
    }

    /** Connects, and waits for the outcome as the timeout allows. */
    public int connect(SocketAddress remote) {
        return connecting.connect(remote);
    }

    /**
     * Waits for a connection and accepts it.
     *
     * @param accepted receives the connection, which the runtime owns from here on, and the peer's address
     * @return the descriptor number of the connection
     */
    public int accept(AcceptedHolder accepted) {
        int result = awaitConnection(accepted);
        if (result < 0) {
            return result;
        }
        int number = published(runtime.table().add(accepted.endpoint(), Holder.ACCEPT));
        // The interpreter's sockets were closed meanwhile, this one too.
        return number < 0 ? -Errno.EBADF : number;
    }

    private int awaitConnection(AcceptedHolder accepted) {
        return runtime.calls().call(this, Direction.ACCEPT, it -> DescriptorShortage.accept(() -> it.accept(accepted)));
    }

    /**
     * Waits for a connection, accepts it, and makes a socket object for it, of the same family, type and protocol.
     *
     * @param accepted receives the peer's address
     * @return the socket
     * @throws CallFailure where the result of the wait is another code than an errno
     */
    public PySocket acceptSocket(AcceptedHolder accepted) throws CallFailure, StackException {
        int result = awaitConnection(accepted);
        if (result < 0) {
            throw new CallFailure(result);
        }
        return runtime.adoptAccepted(accepted.endpoint(), this);
    }

    public void shutdown(int how) throws StackException {
        use(endpoint -> {
            endpoint.shutdown(how);
            return null;
        });
    }

    // Data

    /** Whether the script must not pass these flags to the kernel. */
    private boolean refuses(int flags) {
        return flags != 0 && Trust.refusal(runtime.table(), MessageFlags.reach(flags)) != 0;
    }

    /** Receives at most {@code count} bytes into {@code into}, starting at {@code at}. */
    public int recv(byte[] into, int at, int count, int flags) {
        return refuses(flags)
                ? -Errno.EOPNOTSUPP
                : runtime.calls().receive(this, Endpoint::recv, into, at, count, flags);
    }

    /** As {@link #recv}, and stores the sender's address in {@code from}. */
    public int recvFrom(byte[] into, int at, int count, int flags, AddressHolder from) {
        return refuses(flags)
                ? -Errno.EOPNOTSUPP
                : runtime.calls()
                        .receive(
                                this,
                                (endpoint, array, start, most, how) -> endpoint.recvFrom(array, start, most, how, from),
                                into,
                                at,
                                count,
                                flags);
    }

    /** Asks the stack whether a TLS client may call the peer by a name. */
    int checkServerName(Endpoint endpoint, String name) {
        return runtime.checkServerName(endpoint, name);
    }

    /** Receives a message. The runtime owns the descriptors that come with it. */
    public int receiveMessage(IncomingMessage message, int flags) {
        if (refuses(flags)) {
            return -Errno.EOPNOTSUPP;
        }
        int received = runtime.calls()
                .receive(
                        this,
                        (endpoint, array, start, most, how) -> MessageRest.receive(endpoint, message, how),
                        new MessageRest(message),
                        message.into(),
                        message.at(),
                        message.count(),
                        flags);
        if (received >= 0) {
            ScmRights.takeIn(runtime.table(), message);
        }
        return received;
    }

    /** Closes the descriptors of a received message that the script does not get. */
    public void dropReceived(IncomingMessage message) {
        ScmRights.drop(runtime.table(), message.control());
    }

    /** Sends what it can in one go; in blocking mode, all. Returns the byte count. */
    public int send(ByteSource data, int length, int flags) {
        if (refuses(flags)) {
            return -Errno.EOPNOTSUPP;
        }
        return connecting.isDeferred()
                ? sendTo(Endpoint::send, data, length, flags, null)
                : Outgoing.send(runtime.calls(), this, data, length, flags);
    }

    /** Sends all; the timeout covers the whole call. Returns 0. */
    public int sendAll(ByteSource data, int length, int flags) {
        if (refuses(flags)) {
            return -Errno.EOPNOTSUPP;
        }
        int sent = connecting.isDeferred() ? sendTo(Endpoint::send, data, length, flags, null) : 0;
        if (sent < 0 || sent > 0 && sent == length) {
            return Math.min(sent, 0);
        }
        ByteSource rest = sent == 0 ? data : (from, array, count) -> data.copyToEnd(sent + from, array, count);
        return Outgoing.sendAll(runtime.calls(), this, rest, length - sent, flags);
    }

    /**
     * Sends one datagram to an address. On a stream it acts as {@link #send}, and the kernel decides what the address
     * means.
     */
    public int sendTo(ByteSource data, int length, int flags, SocketAddress to) {
        return refuses(flags)
                ? -Errno.EOPNOTSUPP
                : sendTo(
                        (endpoint, array, at, count, how) -> endpoint.sendTo(array, at, count, how, to),
                        data,
                        length,
                        flags,
                        to);
    }

    private int sendTo(BlockingCalls.Transfer first, ByteSource data, int length, int flags, SocketAddress to) {
        byte[] from = Outgoing.take(length);
        try {
            data.copyToEnd(0, from, length);
            return connecting.send(first, to, from, from.length - length, length, flags);
        } finally {
            Outgoing.give(from);
        }
    }

    /**
     * Sends a message; in blocking mode on a stream, all of it. Returns the byte count. Only descriptors that the
     * script may use can go with it.
     */
    public int sendMessage(OutgoingMessage message, int flags) {
        return refuses(flags)
                ? -Errno.EOPNOTSUPP
                : connecting.send(
                        (endpoint, array, at, count, how) -> send(endpoint, message, how),
                        message.to(),
                        message.data(),
                        message.at(),
                        message.count(),
                        flags);
    }

    private int send(Endpoint endpoint, OutgoingMessage message, int flags) {
        MessageEndpoint messages = endpoint.ability(MessageEndpoint.class);
        return messages == null ? -Errno.EOPNOTSUPP : ScmRights.send(runtime.table(), messages, message, flags);
    }

    // Addresses, options

    public SocketAddress localAddress() throws StackException {
        return use(Endpoint::localAddress);
    }

    public SocketAddress peerAddress() throws StackException {
        return use(Endpoint::peerAddress);
    }

    public int getOption(int level, int name) throws CallFailure, StackException {
        return use(endpoint -> Options.get(runtime.table(), endpoint, level, name));
    }

    /** Fills {@code value} and returns how many bytes were set. */
    public int getOption(int level, int name, byte[] value) throws CallFailure, StackException {
        return use(endpoint -> Options.get(runtime.table(), endpoint, level, name, value));
    }

    public void setOption(int level, int name, int value) throws CallFailure, StackException {
        Options.requireSettable(runtime.table(), level, name);
        use(endpoint -> {
            endpoint.setOption(level, name, value);
            return null;
        });
    }

    public void setOption(int level, int name, byte[] value) throws CallFailure, StackException {
        Options.requireSettable(runtime.table(), level, name);
        runtime.table().lingering().heed(level, name, value);
        use(endpoint -> {
            endpoint.setOption(level, name, value);
            return null;
        });
    }

    public void setOptionLength(int level, int name, int length) throws CallFailure, StackException {
        Options.requireSettable(runtime.table(), level, name);
        use(endpoint -> {
            endpoint.setOptionLength(level, name, length);
            return null;
        });
    }

    // How calls reach the endpoint

    @Override
    public Descriptor descriptor() {
        return holding.descriptor();
    }

    @Override
    public long timeout() {
        return timeout;
    }

    @Override
    public boolean isStream() {
        return holding.type() == SOCK_STREAM;
    }

    BlockingCalls calls() {
        return runtime.calls();
    }

    private <T, X extends Exception> T use(Descriptor.Use<T, X> use) throws X, StackException {
        Descriptor descriptor = holding.descriptor();
        if (descriptor == null) {
            throw new StackException(Errno.EBADF);
        }
        return descriptor.use(use);
    }
}
