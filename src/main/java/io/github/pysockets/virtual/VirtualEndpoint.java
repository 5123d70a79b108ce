package io.github.pysockets.virtual;

import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.MessageEndpoint;
import io.github.pysockets.stack.OutgoingMessage;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;

/** The way from a caller to a socket: every call passes here, and holds the network's lock. */
final class VirtualEndpoint implements MessageEndpoint {

    private final OpenSocket socket;
    private final World world;
    private boolean isClosed;

    VirtualEndpoint(OpenSocket socket) {
        this.socket = socket;
        world = socket.world;
    }

    /** What it refers to; null once closed. Within a call. */
    OpenSocket socket() {
        return isClosed ? null : socket;
    }

    /** What an endpoint refers to, if it is one of this host's and open; otherwise null. Within a call. */
    static OpenSocket socketOf(Endpoint endpoint, Node node) {
        VirtualEndpoint own = endpoint.ability(VirtualEndpoint.class);
        return own == null || own.socket.node != node ? null : own.socket();
    }

    private OpenSocket open() throws StackException {
        if (isClosed) {
            throw new StackException(Errno.EBADF);
        }
        return socket;
    }

    private int looked(int result) {
        if (result == -Errno.EAGAIN) {
            world.lookedInVain();
        }
        return result;
    }

    @Override
    public void bind(SocketAddress local) throws StackException {
        world.enter();
        try {
            open().bind(local);
        } finally {
            world.exit();
        }
    }

    @Override
    public void listen(int backlog) throws StackException {
        world.enter();
        try {
            open().listen(backlog);
        } finally {
            world.exit();
        }
    }

    @Override
    public int connect(SocketAddress remote) {
        world.enter();
        try {
            return isClosed ? -Errno.EBADF : looked(socket.connect(remote));
        } finally {
            world.exit();
        }
    }

    @Override
    public int accept(AcceptedHolder accepted) {
        world.enter();
        try {
            return isClosed ? -Errno.EBADF : looked(socket.accept(accepted));
        } finally {
            world.exit();
        }
    }

    @Override
    public int send(byte[] from, int at, int count, int flags) {
        return sendTo(from, at, count, flags, null);
    }

    @Override
    public int sendTo(byte[] from, int at, int count, int flags, SocketAddress to) {
        world.enter();
        try {
            return isClosed ? -Errno.EBADF : looked(socket.send(from, at, count, flags, to));
        } finally {
            world.exit();
        }
    }

    @Override
    public int recv(byte[] into, int at, int count, int flags) {
        return recvFrom(into, at, count, flags, null);
    }

    @Override
    public int recvFrom(byte[] into, int at, int count, int flags, AddressHolder from) {
        world.enter();
        try {
            return isClosed ? -Errno.EBADF : looked(socket.receive(into, at, count, flags, from));
        } finally {
            world.exit();
        }
    }

    @Override
    public int sendMessage(OutgoingMessage message, int flags) {
        world.enter();
        try {
            return isClosed ? -Errno.EBADF : looked(socket.sendMessage(message, flags));
        } finally {
            world.exit();
        }
    }

    @Override
    public int receiveMessage(IncomingMessage message, int flags) {
        world.enter();
        try {
            return isClosed ? -Errno.EBADF : looked(socket.receiveMessage(message, flags));
        } finally {
            world.exit();
        }
    }

    @Override
    public int getOption(int level, int name, byte[] value) throws StackException {
        byte[] found = read(level, name);
        int count = Math.min(found.length, value.length);
        System.arraycopy(found, 0, value, 0, count);
        return count;
    }

    @Override
    public int getOption(int level, int name) throws StackException {
        return OptionValues.number(read(level, name));
    }

    private byte[] read(int level, int name) throws StackException {
        world.enter();
        try {
            return open().readOption(level, name);
        } finally {
            world.exit();
        }
    }

    @Override
    public void setOption(int level, int name, byte[] value) throws StackException {
        world.enter();
        try {
            open().setOption(level, name, value);
        } finally {
            world.exit();
        }
    }

    @Override
    public void setOption(int level, int name, int value) throws StackException {
        setOption(level, name, OptionValues.bytes(value));
    }

    @Override
    public void setOptionLength(int level, int name, int length) throws StackException {
        world.enter();
        try {
            open().readOption(level, name);
            throw new StackException(level == SOL_SOCKET ? Errno.EFAULT : Errno.EINVAL);
        } finally {
            world.exit();
        }
    }

    @Override
    public void shutdown(int how) throws StackException {
        world.enter();
        try {
            open().shutdown(how);
        } finally {
            world.exit();
        }
    }

    @Override
    public SocketAddress localAddress() throws StackException {
        world.enter();
        try {
            return open().localAddress();
        } finally {
            world.exit();
        }
    }

    @Override
    public SocketAddress peerAddress() throws StackException {
        world.enter();
        try {
            return open().peerAddress();
        } finally {
            world.exit();
        }
    }

    @Override
    public void setNonBlocking(boolean on) throws StackException {
        world.enter();
        try {
            open().setNonBlocking(on);
        } finally {
            world.exit();
        }
    }

    @Override
    public boolean isNonBlocking() throws StackException {
        world.enter();
        try {
            return open().isNonBlocking();
        } finally {
            world.exit();
        }
    }

    @Override
    public void close() throws StackException {
        world.enterOutOfTurn();
        try {
            OpenSocket closing = open();
            isClosed = true;
            closing.release();
        } finally {
            world.exit();
        }
    }
}
