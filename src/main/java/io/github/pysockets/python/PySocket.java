package io.github.pysockets.python;

import static io.github.pysockets.abi.MessageFlags.MSG_PEEK;
import static io.github.pysockets.abi.MessageFlags.MSG_WAITALL;
import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLOUT;
import static io.github.pysockets.abi.PollEvents.POLLRDHUP;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_ERROR;
import static io.github.pysockets.abi.SocketOptions.SO_RCVTIMEO;
import static io.github.pysockets.abi.SocketOptions.SO_SNDTIMEO;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.abi.MessageFlags;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.MessageEndpoint;
import io.github.pysockets.stack.OutgoingMessage;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;

/**
 * A socket as Python has it: an endpoint with a timeout. Python code holds it as an opaque object and passes it back with each
 * call.
 *
 * <p>Int results are zero or more, or one of {@link Codes}. A socket that is closed or detached answers {@code -EBADF} to
 * everything. All calls may be made from any thread.
 */
public final class PySocket {
    private final SocketRuntime runtime;
    private final SocketHandle holding;

    /** Nanoseconds; 0 for non-blocking, {@link WaitLimit#BLOCKING}. */
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

    /** The kind, without SOCK_NONBLOCK and SOCK_CLOEXEC. */
    public int type() {
        return holding.type();
    }

    public int protocol() {
        return holding.protocol();
    }

    private boolean isStream() {
        return holding.type() == SOCK_STREAM;
    }

    /** The descriptor number; -1 once closed or detached. */
    public int fileno() {
        Descriptor held = holding.descriptor();
        return held == null || held.isClosed() ? -1 : held.number();
    }

    /** What outlives this object: for a finalizer. */
    public SocketHandle holding() {
        return holding;
    }

    // Life

    /**
     * Closes the descriptor; a socket that holds none is left as it is. Calls that wait on it end with EBADF. Waits as
     * SO_LINGER says.
     *
     * @throws CallFailure where that wait was ended; the descriptor is closed all the same
     */
    public void close() throws CallFailure, StackException {
        Descriptor held = holding.release();
        if (held != null) {
            held.close();
        }
    }

    /** Lets go of the descriptor without closing it. Gives its number, or -1. */
    public int detach() {
        Descriptor held = holding.release();
        if (held == null || !held.enter()) {
            return -1;
        }
        try {
            held.letGo();
            return held.number();
        } finally {
            held.leave();
        }
    }

    /**
     * Sets how long calls wait.
     *
     * @param nanos 0 for not at all, negative for without limit
     */
    public void setTimeout(long nanos) throws StackException {
        timeout = nanos < 0 ? WaitLimit.BLOCKING : nanos;
        onEndpoint(endpoint -> {
            endpoint.setNonBlocking(nanos >= 0);
            return null;
        });
    }

    /** Takes over a timeout that the descriptor is already in the mode for. */
    void assumeTimeout(long nanos) {
        timeout = nanos;
    }

    // Connections

    public void bind(SocketAddress local) throws StackException {
        onEndpoint(endpoint -> {
            endpoint.bind(local);
            return null;
        });
    }

    public void listen(int backlog) throws StackException {
        onEndpoint(endpoint -> {
            endpoint.listen(backlog);
            return null;
        });
    }

    /** Connects, waiting for the outcome as the timeout allows. */
    public int connect(SocketAddress remote) {
        return call(descriptor -> {
            Endpoint endpoint = descriptor.endpoint();
            int result = endpoint.connect(remote);
            if (result == -Errno.EINPROGRESS) {
                Deadline deadline = connectDeadline(endpoint);
                return deadline == null
                        ? result
                        : runtime.waiting()
                                .until(
                                        descriptor,
                                        POLLOUT,
                                        deadline,
                                        Waiting.NO_HANG_UP,
                                        () -> outcome(endpoint, remote));
            }
            if (result == -Errno.EAGAIN && timeout < 0 && remote instanceof SockaddrUn) {
                Deadline deadline = connectDeadline(endpoint);
                return deadline == null
                        ? result
                        : runtime.waiting().untilTried(descriptor, deadline, () -> endpoint.connect(remote));
            }
            return result;
        });
    }

    private Deadline connectDeadline(Endpoint endpoint) {
        return WaitLimit.deadline(endpoint, timeout, 0, SO_SNDTIMEO, -Errno.EINPROGRESS);
    }

    /**
     * How a connection that was under way has ended: by SO_ERROR, as CPython asks it. In blocking mode also by connecting again where
     * that tells of no error, as the kernel then moves on to "connected" as its own blocking connect does.
     */
    private int outcome(Endpoint endpoint, SocketAddress remote) {
        int error;
        try {
            error = endpoint.getOption(SOL_SOCKET, SO_ERROR);
        } catch (StackException failure) {
            error = failure.errno();
        }
        if (error != 0 || timeout >= 0) {
            return -error;
        }
        int result = endpoint.connect(remote);
        return result == -Errno.EALREADY ? -Errno.EAGAIN : result;
    }

    /**
     * Waits for a connection and takes it.
     *
     * @param accepted set to the connection, which the runtime owns from here on, and the other side's address
     * @return the descriptor number of the connection
     */
    public int accept(AcceptedHolder accepted) {
        int result = call(descriptor -> {
            Attempt attempt = () -> DescriptorShortage.accept(() -> descriptor.endpoint().accept(accepted));
            return receive(descriptor, 0, attempt.run(), -Errno.EINVAL, attempt);
        });
        if (result < 0) {
            return result;
        }
        Descriptor made = runtime.table().add(accepted.endpoint());
        made.setAccepted();
        return made.number();
    }

    public void shutdown(int how) throws StackException {
        onEndpoint(endpoint -> {
            endpoint.shutdown(how);
            return null;
        });
    }

    // Data

    /** Whether the script may not give these flags to the kernel. */
    private boolean refuses(int flags) {
        return flags != 0 && Trust.refusal(runtime.table(), MessageFlags.reach(flags)) != 0;
    }

    /** Receives at most {@code count} bytes into {@code into} at {@code at}. */
    public int recv(byte[] into, int at, int count, int flags) {
        if (refuses(flags)) {
            return -Errno.EOPNOTSUPP;
        }
        Descriptor descriptor = holding.descriptor();
        if (descriptor == null || !descriptor.enter()) {
            return -Errno.EBADF;
        }
        try {
            Endpoint endpoint = descriptor.endpoint();
            int received = endpoint.recv(into, at, count, flags);
            if (received == -Errno.EAGAIN) {
                received = receive(descriptor, flags, received, () -> endpoint.recv(into, at, count, flags));
            }
            if (received > 0 && received < count && (flags & MSG_WAITALL) != 0) {
                return recvRest(descriptor, into, at, count, flags, received);
            }
            return received;
        } finally {
            descriptor.leave();
        }
    }

    /**
     * Goes on until all is there. In blocking mode MSG_WAITALL means that, and the kernel would do it were its call not made to return at
     * once; in the other modes it means nothing to the kernel either.
     */
    private int recvRest(Descriptor descriptor, byte[] into, int at, int count, int flags, int received) {
        if (timeout >= 0 || !isStream() || (flags & MSG_PEEK) != 0) {
            return received;
        }
        Endpoint endpoint = descriptor.endpoint();
        int total = received;
        while (total < count) {
            int start = at + total;
            int left = count - total;
            int more =
                    receive(descriptor, flags, -Errno.EAGAIN, () -> endpoint.recv(into, start, left, flags));
            if (more <= 0) {
                return total;
            }
            total += more;
        }
        return total;
    }

    /** As {@link #recv}, and sets {@code from} to the sender's address. */
    public int recvFrom(byte[] into, int at, int count, int flags, AddressHolder from) {
        if (refuses(flags)) {
            return -Errno.EOPNOTSUPP;
        }
        return call(descriptor -> {
            Endpoint endpoint = descriptor.endpoint();
            int received = receive(
                    descriptor,
                    flags,
                    endpoint.recvFrom(into, at, count, flags, from),
                    () -> endpoint.recvFrom(into, at, count, flags, from));
            if (received > 0 && received < count && (flags & MSG_WAITALL) != 0) {
                return recvRest(descriptor, into, at, count, flags, received);
            }
            return received;
        });
    }

    /** Receives a message. Descriptors that come with it are the runtime's own from here on. */
    public int receiveMessage(IncomingMessage message, int flags) {
        if (refuses(flags)) {
            return -Errno.EOPNOTSUPP;
        }
        int received = call(descriptor -> {
            MessageEndpoint endpoint = descriptor.endpoint().ability(MessageEndpoint.class);
            if (endpoint == null) {
                return -Errno.EOPNOTSUPP;
            }
            int count = receive(
                    descriptor,
                    flags,
                    endpoint.receiveMessage(message, flags),
                    () -> endpoint.receiveMessage(message, flags));
            if (count > 0 && count < message.count() && (flags & MSG_WAITALL) != 0) {
                return recvRest(descriptor, message.into(), message.at(), message.count(), flags, count);
            }
            return count;
        });
        if (received >= 0) {
            ScmRights.takeIn(runtime.table(), message);
        }
        return received;
    }

    /** Closes the descriptors that came with a message which the script does not get. */
    public void dropReceived(IncomingMessage message) {
        ScmRights.drop(runtime.table(), message.control());
    }

    /** The result of a receiving call whose first attempt gave {@code result}: waits and tries again where it may. */
    private int receive(Descriptor descriptor, int flags, int result, Attempt attempt) {
        return receive(descriptor, flags, result, 0, attempt);
    }

    private int receive(Descriptor descriptor, int flags, int result, int hangUp, Attempt attempt) {
        if (result != -Errno.EAGAIN) {
            return result;
        }
        Deadline deadline =
                WaitLimit.deadline(descriptor.endpoint(), timeout, flags, SO_RCVTIMEO, -Errno.EAGAIN);
        return deadline == null
                ? result
                : runtime.waiting()
                        .until(descriptor, POLLIN | POLLRDHUP, deadline, hangUp, attempt);
    }

    /** Sends what can be sent in one go; in blocking mode, all. Gives how many bytes. */
    public int send(ByteSource data, int length, int flags) {
        if (refuses(flags)) {
            return -Errno.EOPNOTSUPP;
        }
        Descriptor descriptor = holding.descriptor();
        if (descriptor == null || !descriptor.enter()) {
            return -Errno.EBADF;
        }
        try {
            return length <= Sending.PIECE
                    ? sendPiece(descriptor, data, length, flags)
                    : sending(descriptor, flags).send(data, length, isStream());
        } finally {
            descriptor.leave();
        }
    }

    /** As nearly every call goes: whole at the first attempt, and then nothing is allocated. */
    private int sendPiece(Descriptor descriptor, ByteSource data, int length, int flags) {
        byte[] array = Sending.array(length);
        data.copyToEnd(0, array, length);
        int at = array.length - length;
        int sent = descriptor.endpoint().send(array, at, length, flags);
        return sent == length ? sent : sending(descriptor, flags).sendOn(array, at, length, sent);
    }

    private Sending sending(Descriptor descriptor, int flags) {
        return new Sending(runtime.waiting(), descriptor, timeout, flags);
    }

    /** Sends all; the timeout is for the whole. Gives 0. */
    public int sendAll(ByteSource data, int length, int flags) {
        if (refuses(flags)) {
            return -Errno.EOPNOTSUPP;
        }
        return call(descriptor -> sending(descriptor, flags).sendAll(data, length, isStream()));
    }

    /** Sends one datagram to an address; on a stream, as {@link #send}, and the kernel decides what the address means there. */
    public int sendTo(ByteSource data, int length, int flags, SocketAddress to) {
        if (refuses(flags)) {
            return -Errno.EOPNOTSUPP;
        }
        byte[] array = Sending.array(length);
        data.copyToEnd(0, array, length);
        int at = array.length - length;
        return call(descriptor -> sending(descriptor, flags)
                .sendWhole(array, at, length, () -> descriptor.endpoint().sendTo(array, at, length, flags, to)));
    }

    /**
     * Sends a message; in blocking mode on a stream, all of it. Gives how many bytes. Descriptors that go with it are those that the
     * script may use.
     */
    public int sendMessage(OutgoingMessage message, int flags) {
        if (refuses(flags)) {
            return -Errno.EOPNOTSUPP;
        }
        return call(descriptor -> {
            MessageEndpoint endpoint = descriptor.endpoint().ability(MessageEndpoint.class);
            return endpoint == null
                    ? -Errno.EOPNOTSUPP
                    : sending(descriptor, flags)
                            .sendWhole(
                                    message.data(),
                                    message.at(),
                                    message.count(),
                                    () -> ScmRights.send(runtime.table(), endpoint, message, flags));
        });
    }

    // Addresses, options

    public SocketAddress localAddress() throws StackException {
        return onEndpoint(Endpoint::localAddress);
    }

    public SocketAddress peerAddress() throws StackException {
        return onEndpoint(Endpoint::peerAddress);
    }

    public int getOption(int level, int name) throws CallFailure, StackException {
        return ask(endpoint -> Options.get(runtime.table(), endpoint, level, name));
    }

    /** Sets {@code value}, and gives how many bytes of it. */
    public int getOption(int level, int name, byte[] value) throws CallFailure, StackException {
        return ask(endpoint -> Options.get(runtime.table(), endpoint, level, name, value));
    }

    public void setOption(int level, int name, int value) throws CallFailure, StackException {
        Options.requireSettable(runtime.table(), level, name);
        onEndpoint(endpoint -> {
            endpoint.setOption(level, name, value);
            return null;
        });
    }

    public void setOption(int level, int name, byte[] value) throws CallFailure, StackException {
        Options.requireSettable(runtime.table(), level, name);
        runtime.table().lingering().heed(level, name, value);
        onEndpoint(endpoint -> {
            endpoint.setOption(level, name, value);
            return null;
        });
    }

    public void setOptionLength(int level, int name, int length) throws CallFailure, StackException {
        Options.requireSettable(runtime.table(), level, name);
        onEndpoint(endpoint -> {
            endpoint.setOptionLength(level, name, length);
            return null;
        });
    }

    // How calls reach the endpoint

    /** Null once closed or detached. */
    Descriptor descriptor() {
        return holding.descriptor();
    }

    /** Nanoseconds; 0 for non-blocking, {@link WaitLimit#BLOCKING}. */
    long timeout() {
        return timeout;
    }

    Waiting waiting() {
        return runtime.waiting();
    }

    /** A call that uses the descriptor, which stays open meanwhile. */
    @FunctionalInterface
    interface Call {
        int on(Descriptor descriptor);
    }

    /** The call's result; {@code -EBADF} once closed or detached. */
    int call(Call call) {
        Descriptor descriptor = holding.descriptor();
        if (descriptor == null || !descriptor.enter()) {
            return -Errno.EBADF;
        }
        try {
            return call.on(descriptor);
        } finally {
            descriptor.leave();
        }
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask(Endpoint endpoint) throws CallFailure, StackException;
    }

    @FunctionalInterface
    private interface PlainQuestion<T> {
        T ask(Endpoint endpoint) throws StackException;
    }

    private <T> T onEndpoint(PlainQuestion<T> question) throws StackException {
        Descriptor descriptor = entered();
        try {
            return question.ask(descriptor.endpoint());
        } finally {
            descriptor.leave();
        }
    }

    private <T> T ask(Question<T> question) throws CallFailure, StackException {
        Descriptor descriptor = entered();
        try {
            return question.ask(descriptor.endpoint());
        } finally {
            descriptor.leave();
        }
    }

    private Descriptor entered() throws StackException {
        Descriptor descriptor = holding.descriptor();
        if (descriptor == null || !descriptor.enter()) {
            throw new StackException(Errno.EBADF);
        }
        return descriptor;
    }
}
