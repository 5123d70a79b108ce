package io.github.pysockets.proxy;

import static io.github.pysockets.abi.MessageFlags.MSG_FASTOPEN;
import static io.github.pysockets.abi.Protocols.IPPROTO_MPTCP;
import static io.github.pysockets.abi.Protocols.IPPROTO_TCP;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_ERROR;
import static io.github.pysockets.abi.SocketOptions.SO_PROTOCOL;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.DescriptorEndpoint;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.ForwardingEndpoint;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.OutgoingMessage;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.atomic.AtomicReference;

/** An endpoint that, as a TCP socket, connects through a proxy. Until it is the target's, nothing passes through it. */
final class ProxyEndpoint extends ForwardingEndpoint {
    private final ProxyStack stack;
    /** The way through the proxy; null for a socket that has none. Duplicates of the descriptor share it. */
    private final AtomicReference<Tunnel> tunnel;

    ProxyEndpoint(Endpoint delegate, ProxyStack stack) {
        this(delegate, stack, new AtomicReference<>());
    }

    private ProxyEndpoint(Endpoint delegate, ProxyStack stack, AtomicReference<Tunnel> tunnel) {
        super(delegate, stack::wrap);
        this.stack = stack;
        this.tunnel = tunnel;
    }

    /** The tunnel of an endpoint, if it is on its way through a proxy; otherwise null. */
    static ProxyEndpoint underWay(Endpoint endpoint) {
        ProxyEndpoint own = endpoint == null ? null : endpoint.ability(ProxyEndpoint.class);
        Tunnel made = own == null ? null : own.tunnel.get();
        return made != null && made.isUnderWay() ? own : null;
    }

    /** Moves the handshake on. See {@link Tunnel#advance}. */
    int advance() {
        return tunnel.get().advance(delegate());
    }

    int wants() {
        return tunnel.get().wants();
    }

    /** 0 where a call may pass; {@code -EAGAIN} while the handshake is under way; or its failure. */
    private int passage() {
        Tunnel made = tunnel.get();
        return made == null ? 0 : made.advance(delegate());
    }

    @Override
    public int connect(SocketAddress remote) {
        Tunnel made = tunnel.get();
        if (made != null) {
            return made.connectAgain(delegate());
        }
        Tunnel begun = isTcp() ? stack.tunnel(remote) : null;
        SocketAddress proxy = begun == null ? null : stack.proxyFor(remote);
        if (proxy == null) {
            return super.connect(remote);
        }
        int result = super.connect(proxy);
        if (result != 0 && result != -Errno.EINPROGRESS) {
            return result;
        }
        tunnel.set(begun);
        int advanced = begun.advance(delegate());
        return advanced == -Errno.EAGAIN
                ? -Errno.EINPROGRESS
                : advanced;
    }

    private boolean isTcp() {
        try {
            int protocol = super.getOption(SOL_SOCKET, SO_PROTOCOL);
            return protocol == IPPROTO_TCP || protocol == IPPROTO_MPTCP;
        } catch (StackException noSocket) {
            return false;
        }
    }

    /** A first send that is to connect as well: the proxy is told of the target first. */
    private int connectFirst(SocketAddress to) {
        int result = connect(to);
        return result == -Errno.EISCONN ? 0 : result;
    }

    @Override
    public int send(byte[] from, int at, int count, int flags) {
        int passage = passage();
        return passage < 0 ? passage : super.send(from, at, count, flags);
    }

    @Override
    public int sendTo(byte[] from, int at, int count, int flags, SocketAddress to) {
        if (!isTcp()) {
            return super.sendTo(from, at, count, flags, to);
        }
        int passage = (flags & MSG_FASTOPEN) != 0 ? connectFirst(to) : passage();
        return passage < 0 ? passage : super.send(from, at, count, flags & ~MSG_FASTOPEN);
    }

    @Override
    public int recv(byte[] into, int at, int count, int flags) {
        int passage = passage();
        return passage < 0 ? passage : super.recv(into, at, count, flags);
    }

    @Override
    public int recvFrom(byte[] into, int at, int count, int flags, AddressHolder from) {
        int passage = passage();
        return passage < 0 ? passage : super.recvFrom(into, at, count, flags, from);
    }

    @Override
    public int sendMessage(OutgoingMessage message, int flags) {
        if (message.to() != null && !isTcp()) {
            return super.sendMessage(message, flags);
        }
        boolean begins = (flags & MSG_FASTOPEN) != 0 && message.to() != null;
        int passage = begins ? connectFirst(message.to()) : passage();
        if (passage < 0) {
            return passage;
        }
        // A connected stream ignores the address. The kernel is not to see it: it would connect there.
        OutgoingMessage bare = new OutgoingMessage(
                message.data(), message.at(), message.count(), message.control(), null);
        return super.sendMessage(bare, flags & ~MSG_FASTOPEN);
    }

    @Override
    public int receiveMessage(IncomingMessage message, int flags) {
        int passage = passage();
        return passage < 0 ? passage : super.receiveMessage(message, flags);
    }

    @Override
    public int read(byte[] into, int at, int count) {
        int passage = passage();
        return passage < 0 ? passage : super.read(into, at, count);
    }

    @Override
    public int write(byte[] from, int at, int count) {
        int passage = passage();
        return passage < 0 ? passage : super.write(from, at, count);
    }

    @Override
    public long sendFile(Endpoint from, long offset, long count) {
        int passage = passage();
        return passage < 0 ? passage : super.sendFile(from, offset, count);
    }

    @Override
    public long splice(long offset, Endpoint to, long toOffset, long count, int flags) {
        ProxyEndpoint target = to.ability(ProxyEndpoint.class);
        int passage = target == null ? passage() : Math.min(passage(), target.passage());
        return passage < 0 ? passage : super.splice(offset, to, toOffset, count, flags);
    }

    @Override
    public int pread(byte[] into, int at, int count, long position, int flags) {
        int passage = passage();
        return passage < 0 ? passage : super.pread(into, at, count, position, flags);
    }

    @Override
    public int pwrite(byte[] from, int at, int count, long position, int flags) {
        int passage = passage();
        return passage < 0 ? passage : super.pwrite(from, at, count, position, flags);
    }

    @Override
    public int getOption(int level, int name) throws StackException {
        Tunnel made = tunnel.get();
        return made != null && level == SOL_SOCKET && name == SO_ERROR
                ? made.error(delegate())
                : super.getOption(level, name);
    }

    @Override
    public int getOption(int level, int name, byte[] value) throws StackException {
        if (tunnel.get() != null && level == SOL_SOCKET && name == SO_ERROR && value.length >= Integer.BYTES) {
            ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).putInt(getOption(level, name));
            return Integer.BYTES;
        }
        return super.getOption(level, name, value);
    }

    @Override
    public SocketAddress peerAddress() throws StackException {
        Tunnel made = tunnel.get();
        if (made == null) {
            return super.peerAddress();
        }
        if (made.advance(delegate()) < 0) {
            throw new StackException(Errno.ENOTCONN);
        }
        // It fails where the connection has ended.
        super.peerAddress();
        return made.target();
    }

    @Override
    public Endpoint duplicate(int lowest, boolean inheritable) throws StackException {
        Endpoint copy = delegate()
                .require(DescriptorEndpoint.class)
                .duplicate(lowest, inheritable);
        return new ProxyEndpoint(copy, stack, tunnel);
    }
}
