package io.github.pysockets.programs;

import io.github.pysockets.PySockets;
import io.github.pysockets.fixtures.DescriptorLimit;
import io.github.pysockets.fixtures.ProcessFiles;
import io.github.pysockets.fixtures.ScriptContexts;
import org.graalvm.polyglot.Context;

/**
 * A program that runs out of descriptors with its first sockets, before it has used what only a shortage needs.
 * Run in a process of its own whose classes are in folders.
 */
public final class OutOfDescriptors {
    private static final int SPARE = 30;

    private OutOfDescriptors() {}

    public static void main(String[] arguments) {
        try (Context context = ScriptContexts.sandbox().build(); PySockets _ = PySockets.builder().install(context)) {
            context.eval("python", "import socket, select, gc");
            // Loads the class, and what the limit itself needs.
            new DescriptorLimit(1_000).close();
            int limit = 1 + SPARE
                    + ProcessFiles.numbers().stream().mapToInt(Integer::intValue).filter(number -> number < 1024)
                            .max().orElseThrow();
            try (DescriptorLimit _ = new DescriptorLimit(limit)) {
                context.eval("python", """
                        def attempt(call):
                            try:
                                return call()
                            except OSError as failure:
                                return failure

                        kept = []
                        while not isinstance(made := attempt(socket.socket), OSError):
                            kept.append(made)
                        print(made)
                        print(attempt(socket.socketpair))
                        print(attempt(kept[0].dup))
                        print(attempt(select.epoll))
                        kept[0].settimeout(10)
                        kept[0].bind(("127.0.0.1", 0))
                        kept[0].listen()
                        print(attempt(kept[0].accept))
                        del kept, made
                        print(all(socket.socket() for _ in range(200)))
                        one = socket.socketpair()[0]
                        one.settimeout(0.01)
                        print(attempt(lambda: one.recv(1)))
                        """);
            }
        }
    }
}
