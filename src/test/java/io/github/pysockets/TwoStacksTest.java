package io.github.pysockets;

import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.stack.ForwardingStack;
import io.github.pysockets.stack.PlainStack;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import org.junit.jupiter.api.Test;

/** One context whose sockets come from two stacks, by their family. */
final class TwoStacksTest {
    /** UNIX-domain sockets come from a stack without descriptors, all others from the operating system's. */
    private static final class ByFamily extends ForwardingStack {
        private final SocketStack local = new PlainStack(LinuxStack.open());

        ByFamily() {
            super(LinuxStack.open());
        }

        @Override
        public Endpoint socket(int family, int type, int protocol) throws StackException {
            return family == AF_UNIX ? local.socket(family, type, protocol) : super.socket(family, type, protocol);
        }

        @Override
        public EndpointPair socketpair(int family, int type, int protocol) throws StackException {
            return local.socketpair(family, type, protocol);
        }
    }

    @Test
    void socketsOfBothAreWaitedForTogether() {
        try (Sandbox sandbox = new Sandbox(PySockets.builder().stack(new ByFamily()))) {
            assertEquals("True True b'near' b'far'", sandbox.text("""
                    import select, socket

                    near, writer = socket.socketpair()
                    far = socket.socket(type=socket.SOCK_DGRAM)
                    far.bind(("127.0.0.1", 0))
                    quiet = select.select([near, far], [], [], 0)[0] == []
                    writer.send(b"near")
                    far.sendto(b"far", far.getsockname())
                    poll = select.poll()
                    poll.register(near, select.POLLIN)
                    poll.register(far, select.POLLIN)
                    ready = poll.poll(10_000)
                    while len(ready) < 2:
                        ready = poll.poll(10_000)
                    numbers = near.fileno() != far.fileno()
                    f"{quiet} {numbers} {near.recv(9)} {far.recv(9)}"
                    """));
        }
    }
}
