package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.ForwardingStack;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import org.junit.jupiter.api.Test;

/** A context whose sockets are made by a stack that the embedder chose. */
final class OwnStackTest {
    private static final int EACCES = 13;
    private static final int AF_UNIX = 1;

    /** The operating system's stack, with sockets of AF_UNIX and no others. */
    private static SocketStack localOnly() {
        return new ForwardingStack(LinuxStack.open()) {
            @Override
            public Endpoint socket(int family, int type, int protocol) throws StackException {
                if (family != AF_UNIX) {
                    throw new StackException(EACCES);
                }
                return super.socket(family, type, protocol);
            }
        };
    }

    @Test
    void stackThatSaysNoIsAsked() {
        try (Sandbox sandbox = new Sandbox(PySockets.builder().stack(localOnly()))) {
            assertEquals("PermissionError", sandbox.text("""
                    import socket

                    try:
                        socket.create_connection(("127.0.0.1", 9))
                        outcome = "connected"
                    except OSError as failure:
                        outcome = type(failure).__name__
                    outcome
                    """));
        }
    }

    @Test
    void whatTheStackAllowsWorks() {
        try (Sandbox sandbox = new Sandbox(PySockets.builder().stack(localOnly()))) {
            assertEquals("b'near'", sandbox.text("""
                    import socket

                    with socket.socket(socket.AF_UNIX) as listener, socket.socket(socket.AF_UNIX) as client:
                        listener.bind("")
                        listener.listen()
                        client.connect(listener.getsockname())
                        server, _ = listener.accept()
                        with server:
                            client.send(b"near")
                            answer = server.recv(10)
                    answer
                    """));
        }
    }
}
