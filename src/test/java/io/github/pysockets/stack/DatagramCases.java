package io.github.pysockets.stack;

import static io.github.pysockets.abi.PollEvents.POLLIN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.abi.Errno;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Datagram sockets on the loopback address. */
abstract class DatagramCases extends StackCase {
    private Endpoint bound(Loopback loopback) throws StackException {
        Endpoint endpoint = open(loopback.family(stack()), "SOCK_DGRAM");
        endpoint.bind(loopback.address(0));
        return endpoint;
    }

    @ParameterizedTest
    @EnumSource
    void recvFromTellsWhoSent(Loopback loopback) throws StackException {
        Endpoint sender = bound(loopback);
        Endpoint receiver = bound(loopback);
        AddressHolder from = new AddressHolder();
        byte[] into = bytes("......");

        assertEquals(3, sender.sendTo(bytes("-abc-"), 1, 3, 0, receiver.localAddress()));
        await(receiver, POLLIN);
        assertEquals(3, receiver.recvFrom(into, 2, 4, 0, from));

        assertArrayEquals(bytes("..abc."), into);
        assertEquals(sender.localAddress(), from.get());
    }

    @ParameterizedTest
    @EnumSource
    void recvFromLeavesTheHolderAloneWhenNothingIsThere(Loopback loopback) throws StackException {
        Endpoint receiver = bound(loopback);
        AddressHolder from = new AddressHolder();
        from.set(loopback.address(7));

        assertEquals(-Errno.EAGAIN, receiver.recvFrom(new byte[1], 0, 1, 0, from));

        assertEquals(loopback.address(7), from.get());
    }

    @Test
    void datagramsKeepTheirBounds() throws StackException {
        Endpoint receiver = bound(Loopback.IPV4);
        Endpoint sender = bound(Loopback.IPV4);
        assertEquals(0, sender.connect(receiver.localAddress()));
        send(sender, "one");
        send(sender, "");
        send(sender, "two");

        assertEquals("one", receive(receiver));
        assertEquals("", receive(receiver));
        assertEquals("two", receive(receiver));
    }

    @Test
    void recvCutsADatagramThatIsLonger() throws StackException {
        Endpoint receiver = bound(Loopback.IPV4);
        Endpoint sender = bound(Loopback.IPV4);
        sender.sendTo(bytes("abcdef"), 0, 6, 0, receiver.localAddress());
        sender.sendTo(bytes("ghijkl"), 0, 6, 0, receiver.localAddress());
        await(receiver, POLLIN);
        byte[] into = new byte[3];

        assertEquals(3, receiver.recv(into, 0, 3, 0));
        assertArrayEquals(bytes("abc"), into);
        await(receiver, POLLIN);
        assertEquals(6, receiver.recv(into, 0, 3, number("MSG_TRUNC")), "the length of the whole datagram");
        assertArrayEquals(bytes("ghi"), into);
    }

    @Test
    void sendNeedsAnAddress() throws StackException {
        assertEquals(-EDESTADDRREQ, bound(Loopback.IPV4).send(new byte[1], 0, 1, 0));
    }

    @Test
    void sendOfMoreThanADatagramHoldsFails() throws StackException {
        Endpoint sender = bound(Loopback.IPV4);

        assertEquals(-Errno.EMSGSIZE, sender.sendTo(new byte[70_000], 0, 70_000, 0, sender.localAddress()));
    }

    @Test
    void connectChoosesThePeerAndAnUnspecifiedAddressEndsIt() throws StackException {
        Endpoint receiver = bound(Loopback.IPV4);
        Endpoint sender = bound(Loopback.IPV4);

        assertEquals(0, sender.connect(receiver.localAddress()));
        assertEquals(receiver.localAddress(), sender.peerAddress());

        assertEquals(0, sender.connect(new SockaddrOther(number("AF_UNSPEC"), new byte[14])));
        assertFails(Errno.ENOTCONN, sender::peerAddress);
    }
}
