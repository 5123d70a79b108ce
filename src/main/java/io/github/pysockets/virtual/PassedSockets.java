package io.github.pysockets.virtual;

import static io.github.pysockets.abi.ControlMessages.SCM_RIGHTS;
import static io.github.pysockets.abi.MessageFlags.MSG_CTRUNC;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;

import io.github.pysockets.abi.ControlMessages;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.ControlMessage;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.StackException;
import java.util.ArrayList;
import java.util.List;

/** Sockets that a message passes to its receiver: SCM_RIGHTS of unix(7). Each is referred to until it is taken. */
final class PassedSockets {
    static final PassedSockets NONE = new PassedSockets(List.of());

    /** SCM_MAX_FD. */
    private static final int MOST = 253;

    private final List<OpenSocket> sockets;

    private PassedSockets(List<OpenSocket> sockets) {
        this.sockets = sockets;
    }

    boolean isEmpty() {
        return sockets.isEmpty();
    }

    /** @throws StackException EINVAL for what cannot be passed, EBADF for what is no socket of the host */
    static PassedSockets of(List<ControlMessage> control, Node node) throws StackException {
        List<OpenSocket> sockets = new ArrayList<>();
        for (ControlMessage item : control) {
            if (item.level() != SOL_SOCKET) {
                continue;
            }
            if (item.type() != SCM_RIGHTS) {
                throw new StackException(Errno.EINVAL);
            }
            if (item.data().length > 0) {
                // A number, and no host here has any.
                throw new StackException(item.data().length % Integer.BYTES == 0 ? Errno.EBADF : Errno.EINVAL);
            }
            for (Endpoint endpoint : item.endpoints()) {
                OpenSocket socket = VirtualEndpoint.socketOf(endpoint, node);
                if (socket == null) {
                    throw new StackException(Errno.EBADF);
                }
                sockets.add(socket);
            }
        }
        if (sockets.size() > MOST) {
            throw new StackException(Errno.EINVAL);
        }
        return sockets.isEmpty() ? NONE : new PassedSockets(sockets);
    }

    /** To be called once they are on their way. */
    void refer() {
        sockets.forEach(OpenSocket::refer);
    }

    /** Nobody takes them. */
    void release() {
        sockets.forEach(OpenSocket::release);
    }

    /** Hands them over, as far as there is room. */
    int handTo(IncomingMessage message, List<ControlMessage> control) {
        long room = message.controlCapacity() - ControlMessages.length(0);
        int count = (int) Math.min(sockets.size(), Math.max(0, room / Integer.BYTES));
        List<Endpoint> endpoints = new ArrayList<>();
        for (OpenSocket socket : sockets.subList(0, count)) {
            endpoints.add(new VirtualEndpoint(socket));
        }
        sockets.subList(count, sockets.size()).forEach(OpenSocket::release);
        if (count > 0) {
            control.add(new ControlMessage(SOL_SOCKET, SCM_RIGHTS, new byte[0], endpoints));
        }
        return count < sockets.size() ? MSG_CTRUNC : 0;
    }
}
