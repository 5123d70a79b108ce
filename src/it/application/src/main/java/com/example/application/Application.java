package com.example.application;

import io.github.pysockets.PySockets;
import org.graalvm.polyglot.Context;

/** An application that has a script use a socket, a poller and TLS, and prints what the script says. */
public final class Application {
    private static final String SCRIPT = """
            import asyncio
            import select
            import socket
            import ssl

            def pair():
                left, right = socket.socketpair()
                left.sendall(b"a socket")
                ready, _, _ = select.select([right], [], [], 10)
                return ready[0].recv(100).decode()

            def trust():
                # Reads certificates, by what is a library of its own.
                return len(ssl.create_default_context().get_ciphers()) > 0

            async def sleep():
                return await asyncio.sleep(0, "a loop")

            f"{pair()}, {asyncio.run(sleep())}, TLS: {trust()}"
            """;

    private Application() {}

    /** Ends with an exception where something is missing. */
    public static void main(String[] arguments) {
        System.out.println(answer());
    }

    /** What the script says. */
    public static String answer() {
        try (Context context = Context.newBuilder("python").allowHostAccess(PySockets.hostAccess()).build();
                PySockets _ = PySockets.install(context)) {
            return context.eval("python", SCRIPT).asString();
        }
    }
}
