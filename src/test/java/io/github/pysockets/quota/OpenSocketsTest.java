package io.github.pysockets.quota;

import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.MessageFlags.MSG_CTRUNC;
import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_RCVBUF;
import static io.github.pysockets.abi.SocketOptions.SO_SNDBUF;
import static io.github.pysockets.abi.SocketTypes.SOCK_DGRAM;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.pysockets.abi.ControlMessages;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.ControlMessage;
import io.github.pysockets.stack.DescriptorEndpoint;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.stack.EpollStack;
import io.github.pysockets.stack.FileStack;
import io.github.pysockets.stack.IncomingMessage;
import io.github.pysockets.stack.MessageEndpoint;
import io.github.pysockets.stack.OutgoingMessage;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How many sockets there are, and the memory that they were told to have. */
final class OpenSocketsTest extends QuotaCase {
    private static final String THREE = "the limit of 3 open sockets";

    private final SocketStack stack = limited(Quota.builder().openSockets(3));

    private Endpoint open() throws StackException {
        return stack.socket(AF_INET, SOCK_STREAM, 0);
    }

    /** Opens as many as there is room for, closes them, and returns how many they were. */
    private int room() throws StackException {
        List<Endpoint> opened = new ArrayList<>();
        try {
            for (;;) {
                opened.add(open());
            }
        } catch (StackException full) {
            assertEquals(Errno.EMFILE, full.errno());
        } finally {
            for (Endpoint each : opened) {
                each.close();
            }
        }
        return opened.size();
    }

    private static Endpoint duplicate(Endpoint endpoint) throws StackException {
        return endpoint.require(DescriptorEndpoint.class).duplicate(0, false);
    }

    @Test
    void oneMoreIsRefusedUntilOneIsClosed() throws StackException {
        Endpoint first = open();
        owned(open());
        owned(open());
        assertRefused(Errno.EMFILE, THREE, this::open);

        first.close();

        owned(open());
        assertRefused(Errno.EMFILE, THREE, this::open);
    }

    @Test
    void closingTwiceGivesBackOnce() throws StackException {
        owned(open());
        Endpoint closed = open();
        closed.close();
        try {
            closed.close();
        } catch (StackException gone) {
            assertEquals(Errno.EBADF, gone.errno());
        }
        assertEquals(2, room());
    }

    @Test
    void pairIsTwo() throws StackException {
        owned(open());
        owned(open());
        assertRefused(Errno.EMFILE, THREE, () -> stack.socketpair(AF_UNIX, SOCK_STREAM, 0));
        assertEquals(1, room());
    }

    @Test
    void duplicateIsOne() throws StackException {
        Endpoint socket = owned(open());
        owned(duplicate(socket));
        owned(duplicate(socket));
        assertRefused(Errno.EMFILE, THREE, () -> duplicate(socket));
    }

    @Test
    void acceptedConnectionIsOne() throws StackException {
        Endpoint listener = listener(stack);
        owned(open());
        Endpoint last = open();
        Endpoint client = owned(FREE.socket(AF_INET, SOCK_STREAM, 0));
        finish(client, client.connect(listener.localAddress()));
        await(listener, POLLIN);

        assertRefused(Errno.EMFILE, THREE, listener.accept(new AcceptedHolder()));
        last.close();
        AcceptedHolder accepted = new AcceptedHolder();
        assertEquals(0, listener.accept(accepted));
        owned(accepted.endpoint());
        assertEquals(0, room());
        assertEquals(-Errno.EMFILE, listener.accept(new AcceptedHolder()), "as accept(2), which looks for room first");
    }

    @Test
    void acceptOfNoneTakesNoRoom() throws StackException {
        Endpoint listener = listener(stack);
        assertEquals(-Errno.EAGAIN, listener.accept(new AcceptedHolder()));
        assertEquals(2, room());
    }

    @Test
    void failedCallsTakeNoRoom() throws StackException {
        try {
            stack.socket(-1, SOCK_STREAM, 0);
        } catch (StackException noSuchFamily) {
            assertEquals(Errno.EAFNOSUPPORT, noSuchFamily.errno());
        }
        try {
            stack.socketpair(AF_INET, SOCK_STREAM, 0);
        } catch (StackException noPairs) {
            assertEquals(Errno.EOPNOTSUPP, noPairs.errno());
        }
        assertEquals(3, room());
    }

    @Test
    void pipesAndTheLikeGoBy() throws StackException {
        FileStack files = stack.require(FileStack.class);
        EndpointPair pipe = files.newPipe(0);
        owned(pipe.first());
        owned(pipe.second());
        owned(duplicate(pipe.first()));
        owned(files.newEventfd(0, 0));
        Endpoint set = owned(stack.require(EpollStack.class).newEpoll(0).endpoint());
        owned(duplicate(set));
        assertEquals(3, room());
    }

    @Test
    void receivedSocketsCountAndThoseThatAreTooManyAreDropped() throws StackException {
        EndpointPair pair = stack.socketpair(AF_UNIX, SOCK_DGRAM, 0);
        owned(pair.first());
        owned(pair.second());
        Endpoint passed = owned(FREE.socket(AF_INET, SOCK_STREAM, 0));
        Endpoint file = owned(FREE.require(FileStack.class).newEventfd(0, 0));
        ControlMessage rights = new ControlMessage(
                SOL_SOCKET, ControlMessages.SCM_RIGHTS, new byte[0], List.of(file, passed, passed, file));
        MessageEndpoint sender = pair.first().require(MessageEndpoint.class);
        assertEquals(1, sender.sendMessage(new OutgoingMessage(new byte[1], 0, 1, List.of(rights), null), 0));

        IncomingMessage message = new IncomingMessage(new byte[1], 0, 1, 100);
        assertEquals(1, pair.second().require(MessageEndpoint.class).receiveMessage(message, 0));

        List<Endpoint> received = message.control().getFirst().endpoints();
        received.forEach(this::owned);
        assertEquals(3, received.size());
        assertNotEquals(0, message.flags() & MSG_CTRUNC);
        assertEquals(0, room());
        close(received.get(1));
        assertEquals(1, room());
    }

    @Test
    void stacksThatShareAQuotaShareTheRoom() throws StackException {
        Quota quota = Quota.builder().openSockets(1).build();
        SocketStack one = new QuotaStack(FREE, quota);
        SocketStack other = new QuotaStack(FREE, quota);
        Endpoint opened = one.socket(AF_INET, SOCK_STREAM, 0);
        assertRefused(Errno.EMFILE, "the limit of 1 open sockets", () -> other.socket(AF_INET, SOCK_STREAM, 0));
        opened.close();
        owned(other.socket(AF_INET, SOCK_STREAM, 0));
    }

    @Test
    void socketsInAllAreCountedForGood() throws StackException {
        SocketStack few = limited(Quota.builder().sockets(2));
        few.socket(AF_INET, SOCK_STREAM, 0).close();
        owned(few.socket(AF_INET, SOCK_STREAM, 0));
        assertRefused(Errno.ENOBUFS, "the limit of 2 sockets in all", () -> few.socket(AF_INET, SOCK_STREAM, 0));
    }

    // Memory

    private static final String BUFFERS = "the limit of 100000 bytes for the buffers of all sockets";

    private final SocketStack small = limited(Quota.builder().bufferMemory(100_000));

    private Endpoint openSmall() throws StackException {
        return owned(small.socket(AF_INET, SOCK_STREAM, 0));
    }

    @Test
    void sizesOfBuffersAddUp() throws StackException {
        Endpoint first = openSmall();
        Endpoint second = openSmall();
        first.setOption(SOL_SOCKET, SO_RCVBUF, 60_000);
        second.setOption(SOL_SOCKET, SO_SNDBUF, new byte[] {0, 100, 0, 0});
        int before = second.getOption(SOL_SOCKET, SO_RCVBUF);

        assertRefused(Errno.ENOBUFS, BUFFERS, () -> second.setOption(SOL_SOCKET, SO_RCVBUF, 15_000));
        assertEquals(before, second.getOption(SOL_SOCKET, SO_RCVBUF));

        first.setOption(SOL_SOCKET, SO_RCVBUF, 50_000);
        second.setOption(SOL_SOCKET, SO_RCVBUF, 15_000);
        assertRefused(Errno.ENOBUFS, BUFFERS, () -> second.setOption(SOL_SOCKET, SO_RCVBUF, 25_000));
    }

    @Test
    void closedSocketsGiveTheirBuffersBack() throws StackException {
        Endpoint closed = small.socket(AF_INET, SOCK_STREAM, 0);
        closed.setOption(SOL_SOCKET, SO_RCVBUF, 100_000);
        Endpoint copy = duplicate(closed);
        Endpoint other = openSmall();
        closed.close();
        assertRefused(Errno.ENOBUFS, BUFFERS, () -> other.setOption(SOL_SOCKET, SO_RCVBUF, 10_000));
        copy.close();
        other.setOption(SOL_SOCKET, SO_RCVBUF, 10_000);
    }

    @Test
    void connectionInheritsTheBuffersOfItsListener() throws StackException {
        Endpoint listener = openSmall();
        listener.setOption(SOL_SOCKET, SO_RCVBUF, 40_000);
        listener.bind(new SockaddrIn(LOOPBACK, 0));
        listener.listen(5);
        for (int i = 0; i < 2; i++) {
            Endpoint client = owned(FREE.socket(AF_INET, SOCK_STREAM, 0));
            finish(client, client.connect(listener.localAddress()));
        }
        Endpoint accepted = accept(listener);
        await(listener, POLLIN);
        assertRefused(Errno.ENOBUFS, BUFFERS, listener.accept(new AcceptedHolder()));
        assertRefused(Errno.ENOBUFS, BUFFERS, () -> accepted.setOption(SOL_SOCKET, SO_SNDBUF, 30_000));
        accepted.setOption(SOL_SOCKET, SO_RCVBUF, 10_000);
        accept(listener);
    }
}
