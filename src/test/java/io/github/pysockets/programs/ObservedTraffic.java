package io.github.pysockets.programs;

import io.github.pysockets.PySockets;
import org.graalvm.polyglot.Context;

/** Runs a script that uses sockets, and prints what the statistics say of it. */
public final class ObservedTraffic {
    private ObservedTraffic() {}

    public static void main(String[] args) {
        try (Context context = Context.newBuilder("python")
                .option("engine.WarnInterpreterOnly", "false")
                .allowHostAccess(PySockets.hostAccess())
                .build();
                PySockets sockets = PySockets.install(context)) {
            context.eval("python", """
                    import socket

                    left, right = socket.socketpair()
                    left.sendall(b"hello")
                    right.recv(100)
                    socket.getaddrinfo("127.0.0.1", 80)
                    left.close()
                    """);
            System.out.println(sockets.statistics().total());
            boolean isThere = ModuleLayer.boot().findModule("jdk.jfr").isPresent();
            System.out.println(isThere ? "with jdk.jfr" : "without jdk.jfr");
        }
    }
}
