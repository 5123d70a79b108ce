package io.github.pysockets.virtual;

import java.io.IOException;

/** A form in which packets are written. */
@FunctionalInterface
interface PacketWriter {
    void write(Packet packet) throws IOException;
}
