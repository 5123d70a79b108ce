package io.github.pysockets.stack;

/**
 * The kernel's CAN address: AF_CAN. Which of the numbers matter depends on the socket's protocol.
 *
 * @param interfaceIndex 0 for all CAN interfaces
 * @param receiveId CAN_ISOTP: identifier to receive (rx_id), unsigned 32 bits
 * @param sendId CAN_ISOTP: identifier to send (tx_id), unsigned 32 bits
 * @param name CAN_J1939: 64-bit name
 * @param parameterGroup CAN_J1939: parameter group number (pgn), unsigned 32 bits
 * @param address CAN_J1939: 0 to 255
 * @param protocol CAN_RAW, CAN_BCM, CAN_ISOTP or CAN_J1939: decides the layout of the address part
 */
public record SockaddrCan(
        int interfaceIndex, int receiveId, int sendId, long name, int parameterGroup, int address, int protocol)
        implements SocketAddress {}
