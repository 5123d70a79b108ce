package io.github.pysockets.virtual;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.StackException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The ports of one protocol on one host, and the sockets that have them: ip(7), socket(7). */
final class PortTable {
    /** ip_local_port_range, as Linux has it unless told otherwise. */
    private static final int FIRST_EPHEMERAL = 32_768;
    private static final int LAST_EPHEMERAL = 60_999;

    private final Map<Integer, List<InetSocket>> sockets = new HashMap<>();
    private int nextEphemeral = FIRST_EPHEMERAL;

    /** Those that have a port, in the order in which they got it. */
    List<InetSocket> at(int port) {
        return sockets.getOrDefault(port, List.of());
    }

    boolean any(Predicate<InetSocket> condition) {
        return sockets.values().stream().anyMatch(list -> list.stream().anyMatch(condition));
    }

    /**
     * Chooses a port that nobody has: always the next one, so that a run can be repeated.
     *
     * @throws StackException if there is none
     */
    int choose(int errno) throws StackException {
        for (int i = FIRST_EPHEMERAL; i <= LAST_EPHEMERAL; i++) {
            int port = nextEphemeral;
            nextEphemeral = port == LAST_EPHEMERAL ? FIRST_EPHEMERAL : port + 1;
            if (!sockets.containsKey(port)) {
                return port;
            }
        }
        throw new StackException(errno);
    }

    /** @throws StackException EADDRINUSE */
    void check(InetSocket socket, NetPort local) throws StackException {
        for (InetSocket other : at(local.port())) {
            if (other != socket && other.excludes(socket, local)) {
                throw new StackException(Errno.EADDRINUSE);
            }
        }
    }

    void add(InetSocket socket) {
        sockets.computeIfAbsent(socket.local().port(), port -> new ArrayList<>(1)).add(socket);
    }

    void remove(InetSocket socket) {
        sockets.computeIfPresent(socket.local().port(), (port, list) -> {
            list.remove(socket);
            return list.isEmpty() ? null : list;
        });
    }
}
