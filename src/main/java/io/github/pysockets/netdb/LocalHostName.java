package io.github.pysockets.netdb;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;

/** gethostname(2), for stacks without a C library. */
public final class LocalHostName {
    /** Where Linux has it. Java asks for an address of the name too, which may take long. */
    private static final Path OF_LINUX = Path.of("/proc/sys/kernel/hostname");

    private LocalHostName() {}

    /** The name of this machine, or {@code localhost} where nobody knows it. */
    public static String read() {
        try {
            String name = Files.readString(OF_LINUX).strip();
            if (!name.isEmpty()) {
                return name;
            }
        } catch (IOException | RuntimeException otherSystem) {
            // Java knows.
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException noAddress) {
            String message = noAddress.getMessage();
            int end = message == null ? 0 : message.indexOf(':');
            return end > 0 ? message.substring(0, end) : "localhost";
        }
    }
}
