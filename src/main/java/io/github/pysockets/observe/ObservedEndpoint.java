package io.github.pysockets.observe;

import static io.github.pysockets.abi.MessageFlags.MSG_ERRQUEUE;
import static io.github.pysockets.abi.MessageFlags.MSG_FASTOPEN;
import static io.github.pysockets.abi.MessageFlags.MSG_PEEK;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_ERROR;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.DescriptorEndpoint;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.ForwardingEndpoint;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.OutgoingMessage;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;

/**
 * One descriptor of a socket. Sending and receiving add to a number and do no more, unless they fail, are recorded, or
 * there are {@link OpenQuestions}.
 */
final class ObservedEndpoint extends ForwardingEndpoint {
    /** With these, bytes are received once more later, or are copies of what was sent. */
    private static final int NOT_TAKEN = MSG_PEEK | MSG_ERRQUEUE;

    private final Observation observation;
    private final SocketRecord socket;
    private final OpenDescriptors descriptors;

    private final OpenQuestions questions;
    private boolean isClosed;

    ObservedEndpoint(Endpoint delegate, Observation observation, SocketRecord socket, OpenDescriptors descriptors) {
        super(delegate, observation.received());
        this.observation = observation;
        this.socket = socket;
        this.descriptors = descriptors;
        questions = new OpenQuestions(delegate, observation, socket);
    }

    @Override
    public int connect(SocketAddress remote) {
        ConnectAttempt begun = new ConnectAttempt(remote, System.nanoTime(), FlightEvents.beginConnect());
        return questions.connectReturned(begun, delegate().connect(remote), "connect");
    }

    @Override
    public int getOption(int level, int name) throws StackException {
        int value = delegate().getOption(level, name);
        if (questions.areThere() && name == SO_ERROR && level == SOL_SOCKET) {
            questions.answeredBy(value);
        }
        return value;
    }

    @Override
    public int getOption(int level, int name, byte[] value) throws StackException {
        int length = delegate().getOption(level, name, value);
        if (questions.areThere() && name == SO_ERROR && level == SOL_SOCKET) {
            // Little-endian, as both architectures are; any byte tells failure from success.
            int error = 0;
            for (int i = Math.min(length, Integer.BYTES) - 1; i >= 0; i--) {
                error = error << Byte.SIZE | value[i] & 0xFF;
            }
            questions.answeredBy(error);
        }
        return length;
    }

    @Override
    public void setOption(int level, int name, int value) throws StackException {
        try {
            delegate().setOption(level, name, value);
        } catch (StackException failure) {
            throw refused("setsockopt", null, failure);
        }
    }

    @Override
    public void setOption(int level, int name, byte[] value) throws StackException {
        try {
            delegate().setOption(level, name, value);
        } catch (StackException failure) {
            throw refused("setsockopt", null, failure);
        }
    }

    // Servers

    @Override
    public void bind(SocketAddress local) throws StackException {
        try {
            delegate().bind(local);
        } catch (StackException failure) {
            throw refused("bind", local, failure);
        }
        questions.used();
    }

    @Override
    public void listen(int backlog) throws StackException {
        try {
            delegate().listen(backlog);
        } catch (StackException failure) {
            throw refused("listen", null, failure);
        }
        questions.used();
    }

    /** Tells of a failed call, if it was refused, and returns what it throws. */
    private StackException refused(String call, SocketAddress target, StackException failure) {
        observation.refused(call, socket.family(), target, failure.errno());
        return failure;
    }

    @Override
    public int accept(AcceptedHolder accepted) {
        int result = delegate().accept(accepted);
        if (result >= 0) {
            questions.used();
            SocketAddress peer = accepted.peer();
            accepted.set(observation.accepted(accepted.endpoint(), peer, socket), peer);
        } else if (result != -Errno.EAGAIN) {
            observation.refused("accept", socket.family(), (SocketAddress) null, -result);
        }
        return result;
    }

    // Bytes out

    @Override
    public int send(byte[] from, int at, int count, int flags) {
        Object event = FlightEvents.beginWrite();
        return sent(event, delegate().send(from, at, count, flags), null, "send");
    }

    @Override
    public int sendTo(byte[] from, int at, int count, int flags, SocketAddress to) {
        ConnectAttempt begun = beginFastOpen(to, flags);
        Object event = FlightEvents.beginWrite();
        int result = sent(event, delegate().sendTo(from, at, count, flags, to), to, "sendto");
        return begun == null ? result : questions.firstSendReturned(begun, result, "sendto");
    }

    @Override
    public int sendMessage(OutgoingMessage message, int flags) {
        ConnectAttempt begun = beginFastOpen(message.to(), flags);
        Object event = FlightEvents.beginWrite();
        int result = sent(event, super.sendMessage(message, flags), message.to(), "sendmsg");
        return begun == null ? result : questions.firstSendReturned(begun, result, "sendmsg");
    }

    /** Null where a send to an address begins no connection. */
    private ConnectAttempt beginFastOpen(SocketAddress to, int flags) {
        boolean begins = (flags & MSG_FASTOPEN) != 0 && to != null && !questions.areThere() && socket.peer() == null;
        return begins ? new ConnectAttempt(to, System.nanoTime(), FlightEvents.beginConnect()) : null;
    }

    private int sent(Object event, int result, SocketAddress to, String call) {
        if (result > 0) {
            socket.addOut(result);
        }
        if (result < 0 || event != null || questions.areThere()) {
            moved(event, result, to, call);
        }
        return result;
    }

    // Bytes in

    @Override
    public int recv(byte[] into, int at, int count, int flags) {
        Object event = FlightEvents.beginRead();
        return received(event, delegate().recv(into, at, count, flags), count, flags, null, "recv");
    }

    @Override
    public int recvFrom(byte[] into, int at, int count, int flags, AddressHolder from) {
        Object event = FlightEvents.beginRead();
        int result = delegate().recvFrom(into, at, count, flags, from);
        return received(event, result, count, flags, result < 0 ? null : from.get(), "recvfrom");
    }

    @Override
    public int receiveMessage(IncomingMessage message, int flags) {
        Object event = FlightEvents.beginRead();
        int result = super.receiveMessage(message, flags);
        return received(event, result, message.count(), flags, result < 0 ? null : message.from(), "recvmsg");
    }

    private int received(Object event, int result, int most, int flags, SocketAddress from, String call) {
        if (result > 0 && (flags & NOT_TAKEN) == 0) {
            // With MSG_TRUNC the result is the length of the datagram.
            socket.addIn(Math.min(result, most));
        }
        if (result < 0 || event != null || questions.areThere()) {
            moved(event, result, from, call);
        }
        return result;
    }

    /** The rest of a call that moved bytes, or failed to. */
    private void moved(Object event, int result, SocketAddress other, String call) {
        if (result == -Errno.EAGAIN) {
            return;
        }
        if (result < 0) {
            if (!observation.refused(call, socket.family(), other, -result)) {
                questions.transferFailed(-result);
            }
            return;
        }
        questions.transferred();
        if (event != null) {
            observation.transferred(event, socket, other, result);
        }
    }

    // As a file. A number of the process that is used in these ways alone need not be a socket.

    @Override
    public int read(byte[] into, int at, int count) {
        int result = super.read(into, at, count);
        if (result > 0) {
            socket.addIn(result);
        }
        return result;
    }

    @Override
    public int write(byte[] from, int at, int count) {
        int result = super.write(from, at, count);
        if (result > 0) {
            socket.addOut(result);
        }
        return result;
    }

    @Override
    public long sendFile(Endpoint from, long offset, long count) {
        long result = super.sendFile(from, offset, count);
        if (result > 0) {
            socket.addOut(result);
        }
        return result;
    }

    @Override
    public long splice(long offset, Endpoint to, long toOffset, long count, int flags) {
        long result = super.splice(offset, to, toOffset, count, flags);
        if (result > 0) {
            socket.addIn(result);
        }
        return spliced(result, to);
    }

    /** Counts what went to {@code to}, if that is a socket. */
    static long spliced(long result, Endpoint to) {
        ObservedEndpoint target = result > 0 ? to.ability(ObservedEndpoint.class) : null;
        if (target != null) {
            target.socket.addOut(result);
        }
        return result;
    }

    // Its life

    /** Another descriptor of the same socket. */
    @Override
    public Endpoint duplicate(int lowest, boolean inheritable) throws StackException {
        Endpoint made;
        try {
            made = delegate().require(DescriptorEndpoint.class).duplicate(lowest, inheritable);
        } catch (StackException failure) {
            throw refused("dup", null, failure);
        }
        ObservedEndpoint observed = null;
        try {
            observed = new ObservedEndpoint(made, observation, socket, descriptors);
            descriptors.add();
            return observed;
        } finally {
            if (observed == null) {
                Observation.closeUnseen(made);
            }
        }
    }

    @Override
    public void close() throws StackException {
        if (isClosed) {
            delegate().close();
            return;
        }
        isClosed = true;
        questions.closing();
        SocketState last = observation.lastState(socket);
        boolean isLast = descriptors.remove(delegate());
        try {
            delegate().close();
        } finally {
            if (isLast) {
                observation.closed(socket, last);
            }
        }
    }
}
