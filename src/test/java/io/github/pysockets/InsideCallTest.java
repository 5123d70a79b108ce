package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.ForwardingEndpoint;
import io.github.pysockets.stack.ForwardingStack;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A thread knows whether it is in a call of PySockets. */
final class InsideCallTest {
    @Test
    void callOfTheStackIsInsideAndTheApplicationIsNot() {
        List<Boolean> inside = new ArrayList<>();
        ForwardingStack stack = new ForwardingStack(LinuxStack.open()) {
            @Override
            protected Endpoint wrap(Endpoint endpoint) {
                return new ForwardingEndpoint(endpoint, this::wrap) {
                    @Override
                    public int recv(byte[] into, int at, int count, int flags) {
                        inside.add(PySockets.isInsideCall());
                        return super.recv(into, at, count, flags);
                    }
                };
            }
        };
        try (Sandbox sandbox = new Sandbox(PySockets.builder().stack(stack))) {
            sandbox.run("""
                    import socket

                    left, right = socket.socketpair()
                    left.send(b"x")
                    right.recv(1)
                    """);
        }
        assertEquals(List.of(true), inside);
        assertFalse(PySockets.isInsideCall());
    }
}
