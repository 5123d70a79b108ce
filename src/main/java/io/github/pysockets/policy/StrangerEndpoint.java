package io.github.pysockets.policy;

import static io.github.pysockets.abi.Protocols.IPPROTO_TCP;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_ACCEPTCONN;
import static io.github.pysockets.abi.SocketOptions.SO_DOMAIN;
import static io.github.pysockets.abi.SocketOptions.SO_PROTOCOL;
import static io.github.pysockets.abi.SocketOptions.SO_TYPE;
import static io.github.pysockets.abi.SocketOptions.TCP_INFO;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.AddressHolder;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.OutgoingMessage;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;

/**
 * An endpoint that others have made, or connected: it came by SCM_RIGHTS, or is a descriptor of the process. Before it
 * moves anything, it is judged by its peer and its own address. So is every copy of it.
 */
final class StrangerEndpoint extends PolicyEndpoint {
    /** In struct tcp_info: tcp(7). */
    private static final byte TCP_SYN_SENT = 2;

    /** Whether it is judged for good: it leads somewhere, or is no socket. */
    private volatile boolean isSettled;

    StrangerEndpoint(Endpoint delegate, PolicyStack stack) {
        super(delegate, stack, made -> new StrangerEndpoint(made, stack));
    }

    /** 0, or {@code -EACCES}. */
    int judge() {
        if (isSettled) {
            return 0;
        }
        int family;
        int type;
        int protocol;
        try {
            family = getOption(SOL_SOCKET, SO_DOMAIN);
            type = getOption(SOL_SOCKET, SO_TYPE);
            protocol = getOption(SOL_SOCKET, SO_PROTOCOL);
        } catch (StackException noSocket) {
            isSettled = noSocket.errno() == Errno.ENOTSOCK;
            return 0;
        }
        int checked = referee().socket(family, type, protocol);
        if (checked == 0 && type == SOCK_STREAM && isBegun()) {
            return referee().unknownPeer();
        }
        return checked < 0 ? checked : judgeWay();
    }

    /** Whether a connection was begun, whose peer the kernel tells only later: maybe after the first bytes went out. */
    private boolean isBegun() {
        byte[] state = new byte[1];
        try {
            return getOption(IPPROTO_TCP, TCP_INFO, state) == 1 && state[0] == TCP_SYN_SENT;
        } catch (StackException notTcp) {
            return false;
        }
    }

    private int judgeWay() {
        SocketAddress local;
        SocketAddress peer;
        try {
            local = localAddress();
            if (getOption(SOL_SOCKET, SO_ACCEPTCONN) != 0) {
                int checked = local == null ? 0 : referee().found(Action.LISTEN, local);
                isSettled = checked == 0;
                return checked;
            }
            peer = peerAddress();
        } catch (StackException unconnected) {
            // Somebody else may connect it yet: it is judged again.
            return 0;
        }
        boolean wasAccepted = local != null && peer != null
                && referee().mayUse(Action.LISTEN, local) && referee().mayUse(Action.ACCEPT, peer);
        int checked = peer == null || wasAccepted ? 0 : referee().found(Action.CONNECT, peer);
        isSettled = checked == 0;
        return checked;
    }

    @Override
    public int accept(AcceptedHolder accepted) {
        int checked = judge();
        return checked < 0 ? checked : super.accept(accepted);
    }

    @Override
    public int send(byte[] from, int at, int count, int flags) {
        int checked = judge();
        return checked < 0 ? checked : super.send(from, at, count, flags);
    }

    @Override
    public int sendTo(byte[] from, int at, int count, int flags, SocketAddress to) {
        int checked = judge();
        return checked < 0 ? checked : super.sendTo(from, at, count, flags, to);
    }

    @Override
    public int recv(byte[] into, int at, int count, int flags) {
        int checked = judge();
        return checked < 0 ? checked : super.recv(into, at, count, flags);
    }

    @Override
    public int recvFrom(byte[] into, int at, int count, int flags, AddressHolder from) {
        int checked = judge();
        return checked < 0 ? checked : super.recvFrom(into, at, count, flags, from);
    }

    @Override
    public int sendMessage(OutgoingMessage message, int flags) {
        int checked = judge();
        return checked < 0 ? checked : super.sendMessage(message, flags);
    }

    @Override
    public int receiveMessage(IncomingMessage message, int flags) {
        int checked = judge();
        return checked < 0 ? checked : super.receiveMessage(message, flags);
    }

    @Override
    public int read(byte[] into, int at, int count) {
        int checked = judge();
        return checked < 0 ? checked : super.read(into, at, count);
    }

    @Override
    public int write(byte[] from, int at, int count) {
        int checked = judge();
        return checked < 0 ? checked : super.write(from, at, count);
    }

    @Override
    public int pread(byte[] into, int at, int count, long position, int flags) {
        int checked = judge();
        return checked < 0 ? checked : super.pread(into, at, count, position, flags);
    }

    @Override
    public int pwrite(byte[] from, int at, int count, long position, int flags) {
        int checked = judge();
        return checked < 0 ? checked : super.pwrite(from, at, count, position, flags);
    }

    @Override
    public long sendFile(Endpoint from, long offset, long count) {
        int checked = judge();
        return checked < 0 ? checked : super.sendFile(from, offset, count);
    }

    @Override
    public long splice(long offset, Endpoint to, long toOffset, long count, int flags) {
        int checked = judge();
        return checked < 0 ? checked : super.splice(offset, to, toOffset, count, flags);
    }
}
