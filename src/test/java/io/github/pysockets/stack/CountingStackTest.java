package io.github.pysockets.stack;

import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.linux.LinuxStack;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** The contract, on a stack that counts the bytes of each socket; and that it counts them. */
final class CountingStackTest extends StackContract {
    private static final SocketStack STACK = new CountingStack(LinuxStack.open());

    @Override
    protected SocketStack stack() {
        return STACK;
    }

    /** What an application needs to count the bytes that each of its sockets sent and received. */
    static final class CountingStack extends ForwardingStack {
        CountingStack(SocketStack stack) {
            super(stack);
        }

        @Override
        protected Endpoint wrap(Endpoint endpoint) {
            return new CountingEndpoint(endpoint, this);
        }
    }

    private static final class CountingEndpoint extends ForwardingEndpoint {
        final LongAdder sent = new LongAdder();
        final LongAdder received = new LongAdder();

        CountingEndpoint(Endpoint endpoint, CountingStack stack) {
            super(endpoint, stack::wrap);
        }

        private static int count(LongAdder bytes, int result) {
            bytes.add(Math.max(0, result));
            return result;
        }

        @Override
        public int send(byte[] from, int at, int count, int flags) {
            return count(sent, super.send(from, at, count, flags));
        }

        @Override
        public int sendTo(byte[] from, int at, int count, int flags, SocketAddress to) {
            return count(sent, super.sendTo(from, at, count, flags, to));
        }

        @Override
        public int sendMessage(OutgoingMessage message, int flags) {
            return count(sent, super.sendMessage(message, flags));
        }

        @Override
        public int recv(byte[] into, int at, int count, int flags) {
            return count(received, super.recv(into, at, count, flags));
        }

        @Override
        public int recvFrom(byte[] into, int at, int count, int flags, AddressHolder from) {
            return count(received, super.recvFrom(into, at, count, flags, from));
        }

        @Override
        public int receiveMessage(IncomingMessage message, int flags) {
            return count(received, super.receiveMessage(message, flags));
        }
    }

    @Test
    void bytesOfEachSocketAreCounted() throws StackException {
        EndpointPair pair = STACK.socketpair(AF_UNIX, SOCK_STREAM, 0);
        CountingEndpoint first = (CountingEndpoint) pair.first();
        CountingEndpoint second = (CountingEndpoint) pair.second();

        first.send(new byte[5], 0, 5, 0);
        second.recv(new byte[9], 0, 3, 0);
        second.send(new byte[1], 0, 1, 0);

        assertEquals(5, first.sent.sum());
        assertEquals(3, second.received.sum());
        assertEquals(1, second.sent.sum());
        first.close();
        second.close();
    }
}
