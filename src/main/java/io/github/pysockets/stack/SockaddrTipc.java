package io.github.pysockets.stack;

/**
 * tipc(7): AF_TIPC. The numbers are those of Python's tuple, in its order.
 *
 * @param addressType TIPC_ADDR_NAMESEQ, TIPC_ADDR_NAME or TIPC_ADDR_ID
 * @param first the type of a name; the node of an id
 * @param second the lower bound of a sequence, the instance of a name, the reference of an id
 * @param third the upper bound of a sequence; the domain of a name
 * @param scope TIPC_ZONE_SCOPE and so on
 */
public record SockaddrTipc(int addressType, int first, int second, int third, int scope) implements SocketAddress {}
