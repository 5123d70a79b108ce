package io.github.pysockets.virtual;

/**
 * Told of each packet that a host puts on a link to another host, in the order of sending. Loopback traffic crosses no
 * link. Called under the network's lock: it must be quick, and make no call on the network.
 */
@FunctionalInterface
interface PacketListener {
    void sent(Packet packet);
}
