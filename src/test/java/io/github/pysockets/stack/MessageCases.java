package io.github.pysockets.stack;

import static io.github.pysockets.abi.PollEvents.POLLIN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.pysockets.abi.ControlMessages;
import io.github.pysockets.abi.Errno;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** sendmsg and recvmsg: data, addresses, flags and ancillary data. */
abstract class MessageCases extends StackCase {
    private static OutgoingMessage message(String data, ControlMessage... control) {
        return new OutgoingMessage(bytes(data), 0, data.length(), List.of(control), null);
    }

    private static IncomingMessage room(int count, long controlCapacity) {
        return new IncomingMessage(new byte[count], 0, count, (int) controlCapacity);
    }

    /** SCM_RIGHTS with these descriptors. */
    private ControlMessage rights(Endpoint... endpoints) {
        return new ControlMessage(number("SOL_SOCKET"), number("SCM_RIGHTS"), new byte[0], List.of(endpoints));
    }

    /** The endpoint of a descriptor that came as SCM_RIGHTS. */
    private Endpoint received(ControlMessage rights, int index) {
        assertEquals(number("SOL_SOCKET"), rights.level());
        assertEquals(number("SCM_RIGHTS"), rights.type());
        assertEquals(0, rights.data().length);
        return owned(rights.endpoints().get(index));
    }

    @ParameterizedTest
    @EnumSource
    void messageCarriesDataAndAddress(Loopback loopback) throws StackException {
        Endpoint sender = open(loopback.family(stack()), "SOCK_DGRAM");
        sender.bind(loopback.address(0));
        Endpoint receiver = open(loopback.family(stack()), "SOCK_DGRAM");
        receiver.bind(loopback.address(0));
        byte[] into = bytes("......");
        IncomingMessage incoming = new IncomingMessage(into, 1, 4, 0);

        SocketAddress to = receiver.localAddress();
        assertEquals(3, messages(sender).sendMessage(new OutgoingMessage(bytes("-abc-"), 1, 3, List.of(), to), 0));
        await(receiver, POLLIN);
        assertEquals(3, messages(receiver).receiveMessage(incoming, 0));

        assertArrayEquals(bytes(".abc.."), into);
        assertEquals(sender.localAddress(), incoming.from());
        assertEquals(List.of(), incoming.control());
        assertEquals(0, incoming.flags());
        assertFalse(incoming.controlDamaged());
    }

    @Test
    void messageOnAStreamHasNoAddress() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        messages(pair.first()).sendMessage(message("abc"), 0);
        IncomingMessage incoming = room(9, 0);

        assertEquals(3, messages(pair.second()).receiveMessage(incoming, 0));

        assertNull(incoming.from());
        assertEquals("abc", text(incoming.into(), 0, 3));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void messageThatIsLongerIsCutAndFlagged(boolean wholeLength) throws StackException {
        EndpointPair pair = pair("SOCK_DGRAM");
        messages(pair.first()).sendMessage(message("abcdef"), 0);
        IncomingMessage incoming = room(4, 0);

        int count = messages(pair.second()).receiveMessage(incoming, wholeLength ? number("MSG_TRUNC") : 0);

        assertEquals(wholeLength ? 6 : 4, count);
        assertEquals(number("MSG_TRUNC"), incoming.flags() & number("MSG_TRUNC"));
        assertEquals("abcd", text(incoming.into(), 0, 4));
    }

    @Test
    void messageLargerThanAnyKeptBufferPasses() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        byte[] data = new byte[1 << 20];
        data[0] = 1;
        IncomingMessage incoming = new IncomingMessage(new byte[1 << 20], 0, 1 << 20, 64);

        int sent = messages(pair.first()).sendMessage(
                new OutgoingMessage(data, 0, data.length, List.of(rights(pair.first())), null), 0);
        int received = messages(pair.second()).receiveMessage(incoming, 0);

        assertNotEquals(0, sent);
        assertNotEquals(0, received);
        assertEquals(1, incoming.into()[0]);
        received(incoming.control().getFirst(), 0);
    }

    @Test
    void descriptorsPassAsAncillaryData() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        EndpointPair passed = pair("SOCK_STREAM");
        IncomingMessage incoming = room(9, ControlMessages.space(8));

        assertEquals(1, messages(pair.first()).sendMessage(message("x", rights(passed.first(), passed.second())), 0));
        assertEquals(1, messages(pair.second()).receiveMessage(incoming, 0));

        assertEquals(1, incoming.control().size());
        assertEquals(0, incoming.flags() & number("MSG_CTRUNC"));
        Endpoint first = received(incoming.control().getFirst(), 0);
        Endpoint second = received(incoming.control().getFirst(), 1);
        if (first.ability(DescriptorEndpoint.class) != null) {
            assertNotEquals(asDescriptor(passed.first()).descriptor(), asDescriptor(first).descriptor());
        }
        send(first, "by the copy");
        assertEquals("by the copy", receive(passed.second()));
        send(passed.first(), "to the copy");
        assertEquals("to the copy", receive(second));
    }

    @Test
    void severalItemsOfAncillaryDataPass() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        pair.second().setOption(number("SOL_SOCKET"), number("SO_PASSCRED"), 1);
        IncomingMessage incoming = room(9, ControlMessages.space(12) + ControlMessages.space(4));

        messages(pair.first()).sendMessage(message("x", rights(pair.first())), 0);
        assertEquals(1, messages(pair.second()).receiveMessage(incoming, 0));

        assertEquals(2, incoming.control().size());
        for (ControlMessage item : incoming.control()) {
            if (item.type() == number("SCM_CREDENTIALS")) {
                assertEquals(12, item.data().length, "a process, a user and a group");
            } else {
                received(item, 0);
            }
        }
    }

    @Test
    void roomForTheHeaderAndHalfOfTheDataGivesHalf() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        IncomingMessage incoming = room(9, ControlMessages.length(4));

        messages(pair.first()).sendMessage(message("x", rights(pair.first(), pair.second())), 0);
        assertEquals(1, messages(pair.second()).receiveMessage(incoming, 0));

        assertEquals(number("MSG_CTRUNC"), incoming.flags() & number("MSG_CTRUNC"));
        assertEquals(1, incoming.control().getFirst().endpoints().size());
        received(incoming.control().getFirst(), 0);
    }

    @Test
    void ancillaryDataWithoutRoomIsDroppedAndFlagged() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        IncomingMessage incoming = room(9, 0);

        messages(pair.first()).sendMessage(message("x", rights(pair.first())), 0);
        assertEquals(1, messages(pair.second()).receiveMessage(incoming, 0));

        assertEquals(number("MSG_CTRUNC"), incoming.flags() & number("MSG_CTRUNC"));
        assertEquals(List.of(), incoming.control());
        assertFalse(incoming.controlDamaged());
    }

    @Test
    void ancillaryDataThatTheStackRefusesSendsNothing() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        ControlMessage nobodysDescriptor = new ControlMessage(number("SOL_SOCKET"), number("SCM_RIGHTS"),
                new byte[] {-1, -1, -1, -1});

        assertEquals(-Errno.EBADF, messages(pair.first()).sendMessage(message("x", nobodysDescriptor), 0));

        assertEquals(-Errno.EAGAIN, pair.second().recv(new byte[1], 0, 1, 0));
    }

    @Test
    void lengthAndSpaceOfAncillaryDataAreOrdered() {
        for (long data = 0; data < 40; data++) {
            long length = ControlMessages.length(data);
            long space = ControlMessages.space(data);
            assertEquals(data, length - ControlMessages.length(0));
            assertEquals(true, space >= length && space < length + 16, "space " + space + " for length " + length);
        }
    }
}
