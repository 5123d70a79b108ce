package io.github.pysockets.linux;

import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.Errno.ENOTSOCK;
import static io.github.pysockets.abi.FileControl.F_GETFL;
import static io.github.pysockets.abi.FileControl.F_SETFL;
import static io.github.pysockets.abi.FileControl.O_NONBLOCK;
import static io.github.pysockets.abi.IoControl.FIOCLEX;
import static io.github.pysockets.abi.IoControl.FIONCLEX;
import static io.github.pysockets.abi.IoControl.FIONREAD;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.abi.MessageFlags;
import io.github.pysockets.abi.SocketOptions;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.StackException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an endpoint can because it is a descriptor of the process. */
final class LinuxEndpointTest {
    private static final int ENOTTY = 25;

    private static final int SO_REUSEADDR = 2;
    private static final int SO_ATTACH_FILTER = 26;
    /** struct sock_filter: BPF_RET and what it returns. */
    private static final long INSTRUCTION = 0x4141_4141_0000_0006L;

    private final LinuxStack stack = LinuxStack.open();
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
        assertSame(stack, LinuxStack.open());
    }

    @Test
    void ioctlReadsAStruct() throws StackException {
        pair.first().send(new byte[77], 0, 77, 0);
        byte[] argument = new byte[4];

        assertEquals(0, ((LinuxEndpoint) pair.second()).ioctl(FIONREAD, argument));

        assertEquals(77, ByteBuffer.wrap(argument).order(ByteOrder.nativeOrder()).getInt());
    }

    @Test
    void ioctlMayHaveNoArgument() throws StackException {
        ((LinuxEndpoint) pair.first()).ioctl(FIONCLEX, 0);
        assertTrue(((LinuxEndpoint) pair.first()).isInheritable());

        ((LinuxEndpoint) pair.first()).ioctl(FIOCLEX, 0);
        assertFalse(((LinuxEndpoint) pair.first()).isInheritable());
    }

    @Test
    void requestThatNobodyKnowsFails() {
        StackException failure =
                assertThrows(StackException.class, () -> ((LinuxEndpoint) pair.first()).ioctl(0xdead, new byte[8]));

        assertEquals(ENOTTY, failure.errno());
    }

    @Test
    void fcntlGivesWhatTheCommandGives() throws StackException {
        int flags = ((LinuxEndpoint) pair.first()).fcntl(F_GETFL, 0);
        assertEquals(0, flags & O_NONBLOCK);

        assertEquals(0, ((LinuxEndpoint) pair.first()).fcntl(F_SETFL, flags | O_NONBLOCK));

        assertTrue(pair.first().isNonBlocking());
    }

    @Test
    void descriptorThatIsNoSocketIsTold() throws StackException {
        Endpoint noSocket = stack.endpoint(ErrnoCheck.check(WaitCalls.eventfd(0, 0)));

        assertEquals(-ENOTSOCK, noSocket.recv(new byte[8], 0, 8, 0));
        assertEquals(-ENOTSOCK, noSocket.send(new byte[8], 0, 8, 0));
        assertEquals(ENOTSOCK, assertThrows(StackException.class, noSocket::localAddress).errno());

        noSocket.close();
    }

    /** A filter of so many instructions, each of which lets 0x41414141 bytes pass: bpf(4), socket(7). */
    private static byte[] filter(int instructions, Arena arena) {
        MemorySegment program = arena.allocate(8L * instructions, Long.BYTES);
        for (int i = 0; i < instructions; i++) {
            program.set(Fields.HOST_LONG, 8L * i, INSTRUCTION);
        }
        return ByteBuffer.allocate(16).order(ByteOrder.nativeOrder())
                .putShort(0, (short) instructions)
                .putLong(8, program.address())
                .array();
    }

    @Test
    void optionThatIsCountedInItemsHasRoomForAllOfThem() throws StackException {
        try (Arena arena = Arena.ofConfined()) {
            pair.first().setOption(SocketOptions.SOL_SOCKET, SO_ATTACH_FILTER, filter(1024, arena));
        }
        byte[] value = new byte[1024];

        // Told of 1,024 the kernel writes as many instructions, 8,192 bytes, and gives their number.
        assertEquals(1024, pair.first().getOption(SocketOptions.SOL_SOCKET, SO_ATTACH_FILTER, value));

        assertEquals(INSTRUCTION, ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getLong(1016));
    }

    @Test
    void optionThatIsCountedInItemsHasRoomWhereAnIntIsAskedFor() throws StackException {
        try (Arena arena = Arena.ofConfined()) {
            pair.first().setOption(SocketOptions.SOL_SOCKET, SO_ATTACH_FILTER, filter(4, arena));
        }

        assertEquals((int) INSTRUCTION, pair.first().getOption(SocketOptions.SOL_SOCKET, SO_ATTACH_FILTER));
    }

    @Test
    void valueOfAnyLengthCanBeSetAndItsMemoryIsGivenBack() throws StackException {
        pair.first().setOption(SocketOptions.SOL_SOCKET, SO_REUSEADDR, new byte[10 << 20]);

        assertTrue(Scratch.mine().kept() <= Scratch.ROOM_LIMIT);
    }

    @Test
    void memoryIsNotLentToTheKernelBeyondACall() throws StackException {
        StackException refusal = assertThrows(
                StackException.class,
                () -> pair.first().setOption(SocketOptions.SOL_SOCKET, SocketOptions.SO_ZEROCOPY, 1));
        assertEquals(Errno.EOPNOTSUPP, refusal.errno());
        Endpoint tcp = stack.socket(AF_INET, SOCK_STREAM, 0);
        tcp.setOption(SocketOptions.SOL_SOCKET, SocketOptions.SO_ZEROCOPY, 0);
        tcp.close();
        // Without the option the flag means nothing.
        assertEquals(3, pair.first().send(new byte[3], 0, 3, MessageFlags.MSG_ZEROCOPY));
    }

    @Test
    void roomForAncillaryDataIsNotNegative() {
        assertThrows(RuntimeException.class,
                () -> ((LinuxEndpoint) pair.first()).receiveMessage(new IncomingMessage(new byte[4], 0, 4, -1000), 0));
        assertThrows(RuntimeException.class,
                () -> ((LinuxEndpoint) pair.first()).receiveMessage(new IncomingMessage(new byte[4], 0, 5, 0), 0));
        assertThrows(RuntimeException.class,
                () -> ((LinuxEndpoint) pair.first()).receiveMessage(new IncomingMessage(new byte[4], 2, -1, 64), 0));
    }

    @Test
    void partThatIsOutsideTheArrayIsRefused() {
        assertThrows(IndexOutOfBoundsException.class, () -> pair.first().send(new byte[4], 2, 3, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> pair.first().recv(new byte[4], -1, 3, 0));
    }
}
