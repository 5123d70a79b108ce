package io.github.pysockets.nio;

import java.io.IOException;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;

/**
 * Urgent data of TCP: RFC 9293, section 3.8.5. Java sends a byte of it, and receives it in its place among the others
 * or drops it. It cannot be received apart.
 */
final class UrgentData {
    private static final String INLINE = "SO_OOBINLINE";
    /** There is no other sign of it. */
    private static final String FULL = "Socket buffer full";

    private UrgentData() {}

    /** The option of channels, which no public class of Java has; null where they have none. */
    static SocketOption<?> inline() {
        try (SocketChannel channel = SocketChannel.open()) {
            return channel.supportedOptions().stream()
                    .filter(option -> option.name().equals(INLINE))
                    .findFirst().orElse(null);
        } catch (IOException noDescriptors) {
            return null;
        }
    }

    /** Sends a byte. Returns whether there was room for it. */
    static boolean send(SocketChannel channel, byte data) throws IOException {
        try {
            channel.socket().sendUrgentData(data);
            return true;
        } catch (IOException failure) {
            if (FULL.equals(failure.getMessage())) {
                return false;
            }
            throw failure;
        }
    }
}
