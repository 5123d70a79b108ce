package io.github.pysockets.python;

import io.github.pysockets.linux.LinuxStack;

/** Runtimes on the operating system's sockets, as an embedder's context has them. */
final class Runtimes {
    private Runtimes() {}

    static SocketRuntime open() {
        return new SocketRuntime(LinuxStack.open(), Numbering.SHARED, false, () -> false);
    }
}
