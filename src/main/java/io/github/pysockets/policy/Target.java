package io.github.pysockets.policy;

import io.github.pysockets.stack.SockaddrUn;

/** What a rule is about, besides the action. */
sealed interface Target {
    /** Every host, by name or address. */
    record AnyHost(PortRange ports) implements Target {}

    /** Internet addresses. */
    record Network(IpRange range, PortRange ports) implements Target {}

    /**
     * A host by its name, and the addresses that the name service has given for it.
     *
     * @param name canonical
     * @param isBelow whether it is about all names that end with this one, and not this one itself
     */
    record Named(String name, boolean isBelow, PortRange ports) implements Target {}

    /**
     * AF_UNIX.
     *
     * @param path of a file or folder; a name in the abstract namespace after an at sign. Empty for all
     * @param isBelow whether it is about all that begins with {@code path}
     */
    record UnixPath(String path, boolean isBelow) implements Target {}

    /**
     * Sockets of a family and type.
     *
     * @param family a number of AF_; {@link #ANY} for all
     * @param type a number of SOCK_; {@link #ANY} for all
     */
    record Kind(int family, int type) implements Target {
        static final int ANY = -1;

        boolean contains(int otherFamily, int otherType) {
            return (family == ANY || family == otherFamily) && (type == ANY || type == otherType);
        }
    }

    /**
     * An option of a socket.
     *
     * @param name such as SO_BROADCAST; empty for all
     */
    record Option(String name) implements Target {}

    /** Another process. */
    record AnyProcess() implements Target {}

    /** Whether a path is a name in the abstract namespace. */
    static boolean isAbstract(SockaddrUn address) {
        return address.path().length > 0 && address.path()[0] == 0;
    }
}
