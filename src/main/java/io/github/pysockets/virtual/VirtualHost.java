package io.github.pysockets.virtual;

import io.github.pysockets.stack.ClockStack;
import java.util.function.Consumer;

/** A host of a {@link VirtualNetwork}. Ports are those of TCP and UDP alike. */
public final class VirtualHost {
    private final String name;

    VirtualHost(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** The host's sockets. Always the same object. */
    public ClockStack stack() {
        throw new UnsupportedOperationException();
    }

    /** Has the host refuse what comes to a port, even where a socket is bound to it: ECONNREFUSED. */
    public VirtualHost refuse(int port) {
        throw new UnsupportedOperationException();
    }

    /** Has the host ignore what comes to a port: connections time out. */
    public VirtualHost drop(int port) {
        throw new UnsupportedOperationException();
    }

    /** Has the host answer what comes to a port with an ICMP message: EHOSTUNREACH. */
    public VirtualHost unreachable(int port) {
        throw new UnsupportedOperationException();
    }

    /** Takes back what was said of a port, for connections that begin now. */
    public VirtualHost admit(int port) {
        throw new UnsupportedOperationException();
    }

    /** Breaks each connection to a port that begins from now on, as the fault says. */
    public VirtualHost fault(int port, StreamFault fault) {
        throw new UnsupportedOperationException();
    }
}
