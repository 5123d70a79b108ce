package io.github.pysockets.quota;

import static io.github.pysockets.abi.AddressFamilies.AF_ALG;
import static io.github.pysockets.abi.AddressFamilies.AF_NETLINK;
import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_DOMAIN;
import static io.github.pysockets.abi.SocketOptions.SO_TYPE;
import static io.github.pysockets.abi.SocketTypes.SOCK_SEQPACKET;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;

import io.github.pysockets.abi.SocketTypes;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.StackException;

/** What an endpoint is, as far as limits make a difference. */
enum Kind {
    /** A pipe, an epoll set and the like. */
    FILE,
    /** A socket whose bytes do not leave the host, by which event loops wake themselves, for example. */
    LOCAL,
    /** A socket of the network that has connections and no bounds between messages. */
    STREAM,
    /** One that has connections and messages. */
    PACKETS,
    /** One that has messages without connections. */
    DATAGRAMS;

    static Kind of(int family, int type) {
        if (family == AF_UNIX || family == AF_NETLINK || family == AF_ALG) {
            return LOCAL;
        }
        return switch (SocketTypes.withoutFlags(type)) {
            case SOCK_STREAM -> STREAM;
            case SOCK_SEQPACKET -> PACKETS;
            default -> DATAGRAMS;
        };
    }

    /** Asks the endpoint. */
    static Kind of(Endpoint endpoint) {
        try {
            return of(endpoint.getOption(SOL_SOCKET, SO_DOMAIN), endpoint.getOption(SOL_SOCKET, SO_TYPE));
        } catch (StackException notSocket) {
            return FILE;
        }
    }

    /** Whether its bytes count. */
    boolean isOfNetwork() {
        return this != FILE && this != LOCAL;
    }

    boolean isStream() {
        return this == STREAM;
    }

    boolean hasConnections() {
        return this == STREAM || this == PACKETS;
    }
}
