package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.faults.Faults;
import io.github.pysockets.faults.FaultyStack;
import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.ForwardingEndpoint;
import io.github.pysockets.stack.ForwardingStack;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.SocketAddress;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

/** A descriptor that a call cannot hand over to a script is closed. Here the stack gives a broken address with it. */
final class LostOnTheWayTest {
    private static final SocketAddress BROKEN = new SockaddrUn(null);

    private final Faults faults = new Faults();

    /** Gives an address without a path. */
    private static final class Breaking extends ForwardingStack {
        Breaking() {
            super(LinuxStack.open());
        }

        @Override
        protected Endpoint wrap(Endpoint endpoint) {
            return new ForwardingEndpoint(endpoint, this::wrap) {
                @Override
                public int accept(AcceptedHolder accepted) {
                    int result = super.accept(accepted);
                    accepted.set(accepted.endpoint(), BROKEN);
                    return result;
                }

                @Override
                public int receiveMessage(IncomingMessage message, int flags) {
                    int received = super.receiveMessage(message, flags);
                    message.set(message.flags(), message.control(), message.controlDamaged(), BROKEN);
                    return received;
                }
            };
        }
    }

    /** Runs a call that cannot hand over what it got; nothing more may be open than before. */
    private void check(String setUp, String call) {
        Logger logger = Logger.getLogger("io.github.pysockets");
        Level before = logger.getLevel();
        // The defect is intended, and its trace would look like a failure in the output of the build.
        logger.setLevel(Level.OFF);
        try (Sandbox sandbox = new Sandbox(PySockets.builder().stack(new FaultyStack(new Breaking(), faults)))) {
            sandbox.run(setUp);
            Set<Integer> open = faults.open();
            assertEquals("SystemError", sandbox.text("""
                    try:
                        %s
                        outcome = "done"
                    except BaseException as failure:
                        outcome = type(failure).__name__
                    outcome
                    """.formatted(call)));
            assertEquals(open, faults.open());
        } finally {
            logger.setLevel(before);
        }
        assertEquals(Set.of(), faults.open());
        assertEquals(List.of(), faults.takeMisuses());
    }

    @Test
    void acceptedConnection() {
        check("""
                import socket

                listener = socket.socket(socket.AF_UNIX)
                listener.bind("")
                listener.listen()
                client = socket.socket(socket.AF_UNIX)
                client.connect(listener.getsockname())
                """, "listener.accept()");
    }

    @Test
    void receivedDescriptors() {
        check("""
                import array
                import socket

                first, second = socket.socketpair()
                numbers = array.array("i", [first.fileno(), second.fileno()])
                first.sendmsg([b"two"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, numbers.tobytes())])
                """, "second.recvmsg(10, 100)");
    }
}
