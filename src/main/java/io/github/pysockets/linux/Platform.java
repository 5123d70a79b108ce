package io.github.pysockets.linux;

import java.util.Set;

/**
 * Whether this package's byte layouts and numbers fit this machine. Decided by the names of system and architecture.
 */
final class Platform {
    private static final Set<String> ARCHITECTURES = Set.of("amd64", "x86_64", "aarch64");

    private Platform() {}

    /** @throws UnsupportedOperationException on anything but Linux on x86-64 or aarch64 */
    static void require() {
        require(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    static void require(String system, String architecture) {
        if (!"Linux".equals(system) || !ARCHITECTURES.contains(architecture)) {
            throw new UnsupportedOperationException(
                    "The linux stack runs on Linux on x86-64 or aarch64, and this is " + system + " on " + architecture
                            + ".");
        }
    }
}
