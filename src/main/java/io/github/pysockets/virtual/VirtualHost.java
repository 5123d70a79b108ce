package io.github.pysockets.virtual;

import io.github.pysockets.stack.ClockStack;
import io.github.pysockets.virtual.Node.PortRule;
import java.util.Objects;

/** A host of a {@link VirtualNetwork}. What is said of a port holds for TCP and UDP alike, from now on. */
public final class VirtualHost {
    private static final int LAST_PORT = 65_535;

    private final Node node;
    private final VirtualStack stack;

    VirtualHost(Node node, NodeHosts hosts) {
        this.node = node;
        stack = new VirtualStack(node, hosts);
    }

    public String name() {
        return node.name();
    }

    /** The host's sockets. Always the same object. */
    public ClockStack stack() {
        return stack;
    }

    /** Has the host refuse what comes to a port, even where a socket is bound to it: ECONNREFUSED. */
    public void refuse(int port) {
        rule(port, PortRule.REFUSE);
    }

    /** Has the host ignore what comes to a port: a connection attempt ends with ETIMEDOUT. */
    public void drop(int port) {
        rule(port, PortRule.DROP);
    }

    /** Has the host answer what comes to a port with an ICMP message: EHOSTUNREACH. */
    public void unreachable(int port) {
        rule(port, PortRule.UNREACHABLE);
    }

    /** Breaks each connection to a port that begins from now on, as the fault says. */
    public void fault(int port, StreamFault fault) {
        check(port);
        Objects.requireNonNull(fault, "fault");
        node.world().change(() -> node.faults().put(port, fault));
    }

    /** Takes back all that was said of a port. What it did to connections that there are stays. */
    public void admit(int port) {
        check(port);
        node.world().change(() -> {
            node.rules().remove(port);
            node.faults().remove(port);
        });
    }

    private void rule(int port, PortRule rule) {
        check(port);
        node.world().change(() -> node.rules().put(port, rule));
    }

    private static void check(int port) {
        if (port < 1 || port > LAST_PORT) {
            throw new IllegalArgumentException("a port is from 1 to 65535, not " + port);
        }
    }
}
