package io.github.pysockets.virtual;

import static io.github.pysockets.abi.PollEvents.POLLERR;
import static io.github.pysockets.abi.PollEvents.POLLHUP;
import static io.github.pysockets.abi.PollEvents.POLLRDHUP;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.ControlMessage;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.OutgoingMessage;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;

/** What sockets of AF_UNIX share: a name, a queue, and what a buffer holds of what was sent and is not yet read. */
abstract class UnixSocket extends OpenSocket {
    private static final SockaddrUn UNNAMED = new SockaddrUn(new byte[0]);
    /** What the kernel keeps of a send buffer for itself. */
    private static final int RESERVED = 32;

    private final Queue<UnixMessage> queue = new ArrayDeque<>();
    /** Null unless bound. */
    private SockaddrUn name;
    private boolean ownsName;
    /** Bytes that were sent and not yet read, as the kernel counts them. */
    private int underWay;
    private boolean isReadShut;
    private boolean isWriteShut;
    private boolean isClosed;

    UnixSocket(Node node, OptionValues options) {
        super(node, options);
    }

    // Names

    final SockaddrUn name() {
        return name;
    }

    final void inheritName(SockaddrUn inherited) {
        name = inherited;
    }

    static SocketAddress show(SockaddrUn name) {
        return name == null ? UNNAMED : name;
    }

    @Override
    final SocketAddress localAddress() {
        return show(name);
    }

    @Override
    final void bind(SocketAddress address) throws StackException {
        SockaddrUn asked = UnixNames.read(address);
        if (name != null) {
            throw new StackException(Errno.EINVAL);
        }
        if (asked.path().length == 0) {
            name = node.unixNames().addAny(this);
        } else {
            node.unixNames().add(asked, this);
            name = asked;
        }
        ownsName = true;
    }

    /** @throws StackException EPROTOTYPE if the one who has the name is a socket of another type */
    final UnixSocket find(SocketAddress address) throws StackException {
        UnixSocket found = node.unixNames().find(address);
        if (found.options.type != options.type) {
            throw new StackException(Errno.EPROTOTYPE);
        }
        return found;
    }

    // Readiness

    final boolean isReadShut() {
        return isReadShut;
    }

    final boolean isWriteShut() {
        return isWriteShut;
    }

    final boolean isClosed() {
        return isClosed;
    }

    final boolean hasRoom() {
        return underWay < options.sendBuffer();
    }

    /** What poll(2) tells of any of them. */
    final int commonReady() {
        int ready = error() != 0 ? POLLERR : 0;
        ready |= isReadShut ? ReadyMask.READABLE | POLLRDHUP : 0;
        ready |= isReadShut && isWriteShut ? POLLHUP : 0;
        ready |= queue.isEmpty() ? 0 : ReadyMask.READABLE;
        return ready | (4L * underWay <= options.sendBuffer() ? ReadyMask.WRITABLE : 0);
    }

    // Out

    @Override
    final int send(byte[] from, int at, int count, int flags, SocketAddress to) {
        return send(from, at, count, flags, to, PassedSockets.NONE);
    }

    @Override
    final int sendMessage(OutgoingMessage message, int flags) {
        try {
            PassedSockets passed = PassedSockets.of(message.control(), node);
            return send(message.data(), message.at(), message.count(), flags, message.to(), passed);
        } catch (StackException failure) {
            return -failure.errno();
        }
    }

    abstract int send(byte[] from, int at, int count, int flags, SocketAddress to, PassedSockets passed);

    /** The most bytes that one message has. */
    final int mostInOne() {
        return options.sendBuffer() - RESERVED;
    }

    /** Hands a message to another socket's queue. */
    final void put(UnixSocket receiver, byte[] data, PassedSockets passed) {
        passed.refer();
        UnixMessage message = new UnixMessage(this, data, passed);
        underWay += message.size();
        receiver.queue.add(message);
        receiver.changed();
    }

    // In

    /** The next message, which stays; null for none. */
    final UnixMessage peek() {
        return queue.peek();
    }

    final Iterator<UnixMessage> messages() {
        return queue.iterator();
    }

    final int queued() {
        return queue.size();
    }

    /** Takes the first message off the queue, and out of its sender's buffer. */
    final void drop() {
        UnixMessage message = queue.remove();
        message.sender.underWay -= message.size();
        message.sender.changed();
        wasRead();
    }

    /** Called after a message was taken. */
    void wasRead() {}

    @Override
    final int receive(byte[] into, int at, int count, int flags, AddressHolder from) {
        Received received = new Received();
        int result = receive(into, at, count, flags, received);
        if (result >= 0) {
            received.passed.release();
            if (from != null) {
                from.set(received.from);
            }
        }
        return result;
    }

    @Override
    final int receiveMessage(IncomingMessage message, int flags) {
        Received received = new Received();
        int result = receive(message.into(), message.at(), message.count(), flags, received);
        if (result >= 0) {
            List<ControlMessage> control = new ArrayList<>();
            int cut = received.passed.handTo(message, control);
            message.set(received.flags | cut, List.copyOf(control), false, received.from);
        }
        return result;
    }

    /** What a receiving call returns besides a number. The sockets are the receiver's, which must let go of them. */
    static final class Received {
        SockaddrUn from;
        int flags;
        PassedSockets passed = PassedSockets.NONE;

        /** Takes what goes along with a message, or a copy where it is only looked at. */
        void take(UnixMessage message, boolean peeks) {
            if (!message.passed.isEmpty()) {
                passed = message.passed;
                if (peeks) {
                    passed.refer();
                } else {
                    message.passed = PassedSockets.NONE;
                }
            }
        }
    }

    abstract int receive(byte[] into, int at, int count, int flags, Received received);

    // The end

    final void shut(boolean reading, boolean writing) {
        isReadShut |= reading;
        isWriteShut |= writing;
        changed();
    }

    @Override
    final void close() {
        isClosed = true;
        if (ownsName) {
            node.unixNames().remove(name, this);
        }
        boolean hasUnread = !queue.isEmpty();
        while (!queue.isEmpty()) {
            queue.peek().passed.release();
            drop();
        }
        ended(hasUnread);
    }

    /** @param hasUnread whether data came that nobody has read */
    abstract void ended(boolean hasUnread);
}
