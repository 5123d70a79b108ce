package io.github.pysockets.bench.micro.python;

import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.python.Numbering;
import io.github.pysockets.python.SearchRule;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.stack.SocketStack;

/** Runtimes as an embedder's context has them. */
final class Runtimes {
    private Runtimes() {}

    /** One on the operating system's sockets. */
    static SocketRuntime open() {
        return on(LinuxStack.open());
    }

    static SocketRuntime on(SocketStack stack) {
        return new SocketRuntime(stack, Numbering.SHARED, false, () -> false, SearchRule.NEVER);
    }
}
