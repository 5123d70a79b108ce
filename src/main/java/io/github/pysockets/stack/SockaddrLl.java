package io.github.pysockets.stack;

import java.util.Arrays;

/**
 * packet(7): AF_PACKET.
 *
 * @param protocol the Ethernet protocol, in host byte order
 * @param interfaceIndex 0 for any
 * @param hardwareType ARPHRD_*, set in received addresses
 * @param packetType PACKET_*, set in received addresses
 * @param address the hardware address; at most 8 bytes in a destination
 */
public record SockaddrLl(int protocol, int interfaceIndex, int hardwareType, int packetType, byte[] address)
        implements SocketAddress {
    @Override
    public boolean equals(Object other) {
        return other instanceof SockaddrLl that
                && protocol == that.protocol
                && interfaceIndex == that.interfaceIndex
                && hardwareType == that.hardwareType
                && packetType == that.packetType
                && Arrays.equals(address, that.address);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * protocol + interfaceIndex) + Arrays.hashCode(address);
    }
}
