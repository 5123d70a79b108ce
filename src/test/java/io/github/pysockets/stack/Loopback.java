package io.github.pysockets.stack;

import static org.junit.jupiter.api.Assumptions.abort;

/** This host, by each version of the Internet protocol. */
enum Loopback {
    IPV4 {
        @Override
        SocketAddress address(int port) {
            return new SockaddrIn(0x7f00_0001, port);
        }

        @Override
        int port(SocketAddress address) {
            return ((SockaddrIn) address).port();
        }
    },

    IPV6 {
        @Override
        SocketAddress address(int port) {
            return new SockaddrIn6(0, 1, port, 0, 0);
        }

        @Override
        int port(SocketAddress address) {
            return ((SockaddrIn6) address).port();
        }
    };

    abstract SocketAddress address(int port);

    abstract int port(SocketAddress address);

    /** The family's number. Ends the test as skipped where the host has no such loopback address. */
    int family(SocketStack stack) throws StackException {
        int family = stack.constants().get(this == IPV4 ? "AF_INET" : "AF_INET6").intValue();
        try {
            Endpoint probe = stack.socket(family, stack.constants().get("SOCK_DGRAM").intValue(), 0);
            try {
                probe.bind(address(0));
            } finally {
                probe.close();
            }
        } catch (StackException missing) {
            abort("this host has no " + this + " loopback address: errno " + missing.errno());
        }
        return family;
    }
}
