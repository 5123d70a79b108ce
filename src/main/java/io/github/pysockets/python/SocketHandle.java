package io.github.pysockets.python;

import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;

/**
 * The descriptor of a socket object, until the object closes or releases it. It outlives the object, so that a socket
 * dropped without close can be closed and described in a warning.
 */
public final class SocketHandle implements Cleanup.Droppable {
    private volatile Descriptor descriptor;
    private volatile Addresses lastKnown;
    private volatile Cleanup.Followed followed;

    /** The two addresses of a socket, each null where it has none. */
    private record Addresses(SocketAddress local, SocketAddress peer) {}

    private final int number;
    private final int family;
    private final int type;
    private final int protocol;

    SocketHandle(Descriptor descriptor, int family, int type, int protocol) {
        this.descriptor = descriptor;
        this.family = family;
        this.type = type;
        this.protocol = protocol;
        number = descriptor == null ? -1 : descriptor.number();
    }

    int family() {
        return family;
    }

    /** The type, without SOCK_NONBLOCK and SOCK_CLOEXEC. */
    int type() {
        return type;
    }

    int protocol() {
        return protocol;
    }

    /** Closes the descriptor, if still held, once {@code owner} is unreachable. */
    void follow(Object owner) {
        followed = Cleanup.droppable(owner, this);
    }

    /** The descriptor; null after its release. */
    Descriptor descriptor() {
        return descriptor;
    }

    /** Releases the descriptor and returns it. */
    synchronized Descriptor release() {
        Descriptor held = descriptor;
        descriptor = null;
        if (followed != null) {
            followed.forget();
        }
        return held;
    }

    @Override
    public boolean isInUse() {
        Descriptor held = descriptor;
        return held != null && held.isInUse();
    }

    /** Closes the descriptor, if still held, because the object is gone. Never waits. */
    @Override
    public synchronized void run() {
        Descriptor held = descriptor;
        if (held == null || held.isClosed()) {
            return;
        }
        lastKnown = addresses();
        if (release() != null) {
            held.closeSoon();
            Cleanup.noteClosed();
        }
    }

    /**
     * A tuple (descriptor, family, type, protocol, local address, peer address), for the warning about a dropped
     * socket.
     */
    public Object toPython(Values values, AddressTuples forms) {
        Addresses ends = addresses();
        return values.tuple(
                number, family, type, protocol, forms.toPython(ends.local()), forms.toPython(ends.peer()));
    }

    /** The socket's addresses, or the last known ones if it was closed because it was unreachable. */
    private Addresses addresses() {
        Descriptor held = descriptor;
        if (held != null) {
            try {
                return held.use(endpoint -> new Addresses(
                        orNull(endpoint::localAddress), orNull(endpoint::peerAddress)));
            } catch (StackException closed) {
                return lastKnown();
            }
        }
        return lastKnown();
    }

    private Addresses lastKnown() {
        return lastKnown == null ? new Addresses(null, null) : lastKnown;
    }

    @FunctionalInterface
    private interface Question {
        SocketAddress ask() throws StackException;
    }

    private static SocketAddress orNull(Question question) {
        try {
            return question.ask();
        } catch (StackException noAddress) {
            return null;
        }
    }
}
