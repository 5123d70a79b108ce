package io.github.pysockets.posix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.stack.StackException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an endpoint can because it is a descriptor of the process. */
final class PosixEndpointTest {
    private static final int AF_UNIX = 1;
    private static final int SOCK_STREAM = 1;
    private static final int ENOTSOCK = 88;
    private static final int ENOTTY = 25;
    private static final long FIONREAD = 0x541B;
    private static final long FIONCLEX = 0x5450;
    private static final long FIOCLEX = 0x5451;

    private final PosixStack stack = PosixStack.open();
    private EndpointPair pair;

    @BeforeEach
    void open() throws StackException {
        pair = stack.socketpair(AF_UNIX, SOCK_STREAM, 0);
    }

    @AfterEach
    void close() throws StackException {
        pair.first().close();
        pair.second().close();
    }

    @Test
    void stackIsOne() {
        assertSame(stack, PosixStack.open());
    }

    @Test
    void ioctlReadsAStruct() throws StackException {
        pair.first().send(new byte[77], 0, 77, 0);
        byte[] argument = new byte[4];

        assertEquals(0, pair.second().ioctl(FIONREAD, argument));

        assertEquals(77, ByteBuffer.wrap(argument).order(ByteOrder.nativeOrder()).getInt());
    }

    @Test
    void ioctlMayHaveNoArgument() throws StackException {
        pair.first().ioctl(FIONCLEX, 0);
        assertTrue(pair.first().isInheritable());

        pair.first().ioctl(FIOCLEX, 0);
        assertFalse(pair.first().isInheritable());
    }

    @Test
    void requestThatNobodyKnowsFails() {
        StackException failure = assertThrows(StackException.class, () -> pair.first().ioctl(0xdead, new byte[8]));

        assertEquals(ENOTTY, failure.errno());
    }

    @Test
    void fcntlGivesWhatTheCommandGives() throws StackException {
        int flags = pair.first().fcntl(DescriptorCalls.F_GETFL, 0);
        assertEquals(0, flags & DescriptorCalls.O_NONBLOCK);

        assertEquals(0, pair.first().fcntl(DescriptorCalls.F_SETFL, flags | DescriptorCalls.O_NONBLOCK));

        assertTrue(pair.first().isNonBlocking());
    }

    @Test
    void descriptorThatIsNoSocketIsTold() throws StackException {
        Endpoint noSocket = stack.endpoint(Failures.check(WaitCalls.eventfd(0, 0)));

        assertEquals(-ENOTSOCK, noSocket.recv(new byte[8], 0, 8, 0));
        assertEquals(-ENOTSOCK, noSocket.send(new byte[8], 0, 8, 0));
        assertEquals(ENOTSOCK, assertThrows(StackException.class, noSocket::localAddress).errno());

        noSocket.close();
    }

    @Test
    void partThatIsOutsideTheArrayIsRefused() {
        assertThrows(IndexOutOfBoundsException.class, () -> pair.first().send(new byte[4], 2, 3, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> pair.first().recv(new byte[4], -1, 3, 0));
    }
}
