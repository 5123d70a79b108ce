package io.github.pysockets.stack;

import static io.github.pysockets.abi.PollEvents.POLLIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.abi.Errno;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an endpoint is as a descriptor: its number, its mode, who inherits it, its copies and its end. */
abstract class DescriptorCases extends StackCase {
    private Endpoint stream() throws StackException {
        return open(number("AF_INET"), "SOCK_STREAM");
    }

    @Test
    void newSocketIsBlocking() throws StackException {
        assertFalse(stream().isNonBlocking());
    }

    @Test
    void newSocketsAreNotInherited() throws StackException {
        EndpointPair connection = connection(Loopback.IPV4);
        EndpointPair pair = pair("SOCK_STREAM");

        for (Endpoint endpoint : List.of(stream(), connection.second(), pair.first(), pair.second())) {
            assertFalse(asDescriptor(endpoint).isInheritable());
            assertTrue(asDescriptor(endpoint).descriptor() >= 0);
        }
    }

    @Test
    void typeMayAskForNonBlockingMode() throws StackException {
        int type = number("SOCK_STREAM") | number("SOCK_NONBLOCK") | number("SOCK_CLOEXEC");
        Endpoint endpoint = owned(stack().socket(number("AF_INET"), type, 0));
        EndpointPair pair = stack().socketpair(number("AF_UNIX"), type, 0);

        assertTrue(endpoint.isNonBlocking());
        assertTrue(owned(pair.first()).isNonBlocking());
        assertTrue(owned(pair.second()).isNonBlocking());
    }

    @Test
    void modeIsSetAndRead() throws StackException {
        Endpoint endpoint = stream();

        endpoint.setNonBlocking(true);
        assertTrue(endpoint.isNonBlocking());
        endpoint.setNonBlocking(true);
        assertTrue(endpoint.isNonBlocking());
        endpoint.setNonBlocking(false);
        assertFalse(endpoint.isNonBlocking());
    }

    @Test
    void inheritanceIsSetAndRead() throws StackException {
        Endpoint endpoint = stream();

        asDescriptor(endpoint).setInheritable(true);
        assertTrue(asDescriptor(endpoint).isInheritable());
        asDescriptor(endpoint).setInheritable(false);
        assertFalse(asDescriptor(endpoint).isInheritable());
    }

    @Test
    void endpointIsKnownByItsNumberAlone() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        asDescriptor(pair.first()).publish();
        Endpoint same = descriptors().endpoint(asDescriptor(pair.first()).descriptor());

        same.setNonBlocking(true);
        send(same, "by number");

        assertEquals(asDescriptor(pair.first()).descriptor(), asDescriptor(same).descriptor());
        assertTrue(pair.first().isNonBlocking());
        assertEquals("by number", receive(pair.second()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void othersSeeTheOwnersModeFromItsPublicationOn(boolean nonBlocking) throws StackException {
        Endpoint endpoint = pair("SOCK_STREAM").first();
        endpoint.setNonBlocking(!nonBlocking);
        endpoint.setNonBlocking(nonBlocking);
        assertEquals(nonBlocking, endpoint.isNonBlocking());

        asDescriptor(endpoint).publish();

        Endpoint same = descriptors().endpoint(asDescriptor(endpoint).descriptor());
        assertEquals(nonBlocking, same.isNonBlocking());
        same.setNonBlocking(!nonBlocking);
        asDescriptor(endpoint).publish();
        assertEquals(!nonBlocking, endpoint.isNonBlocking());
    }

    @Test
    void duplicateIsTheSameOpenSocket() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        Endpoint copy = owned(asDescriptor(pair.first()).duplicate(0, false));

        copy.setNonBlocking(true);

        assertNotEquals(asDescriptor(pair.first()).descriptor(), asDescriptor(copy).descriptor());
        assertTrue(pair.first().isNonBlocking());
        assertFalse(asDescriptor(copy).isInheritable());
    }

    @Test
    void duplicateOutlivesTheOriginal() throws StackException {
        EndpointPair pair = pair("SOCK_STREAM");
        Endpoint copy = owned(asDescriptor(pair.first()).duplicate(0, false));

        close(pair.first());
        send(copy, "still here");

        assertEquals("still here", receive(pair.second()));
        assertEquals(0, poller().poll(pair.second(), POLLIN, 0));
    }

    @Test
    void everyCallOnAClosedDescriptorFails() throws StackException {
        Endpoint gone = stack().socket(number("AF_INET"), number("SOCK_STREAM"), 0);
        gone.close();
        SocketAddress address = Loopback.IPV4.address(1);
        byte[] data = new byte[4];

        assertEquals(-Errno.EBADF, gone.connect(address));
        assertEquals(-Errno.EBADF, gone.accept(new AcceptedHolder()));
        assertEquals(-Errno.EBADF, gone.send(data, 0, 4, 0));
        assertEquals(-Errno.EBADF, gone.sendTo(data, 0, 4, 0, address));
        assertEquals(-Errno.EBADF, gone.recv(data, 0, 4, 0));
        assertEquals(-Errno.EBADF, gone.recvFrom(data, 0, 4, 0, new AddressHolder()));
        assertEquals(-Errno.EBADF, messages(gone).receiveMessage(new IncomingMessage(data, 0, 4, 0), 0));
        assertFails(Errno.EBADF, () -> gone.bind(address));
        assertFails(Errno.EBADF, () -> gone.listen(1));
        assertFails(Errno.EBADF, () -> gone.shutdown(0));
        assertFails(Errno.EBADF, gone::localAddress);
        assertFails(Errno.EBADF, gone::peerAddress);
        assertFails(Errno.EBADF, () -> gone.getOption(1, 1));
        assertFails(Errno.EBADF, () -> gone.setOption(1, 1, 1));
        assertFails(Errno.EBADF, () -> gone.setNonBlocking(true));
        assertFails(Errno.EBADF, gone::isNonBlocking);
        assertFails(Errno.EBADF, gone::close);
    }

    @Test
    void everyCallOnAClosedNumberFails() throws StackException {
        DescriptorEndpoint gone = asDescriptor(stack().socket(number("AF_INET"), number("SOCK_STREAM"), 0));
        gone.close();

        assertFails(Errno.EBADF, () -> gone.setInheritable(true));
        assertFails(Errno.EBADF, gone::isInheritable);
        assertFails(Errno.EBADF, () -> gone.duplicate(0, false));
    }

    @Test
    void socketOfAnUnknownFamilyIsRefused() {
        int nobodys = 250;

        assertFails(Errno.EAFNOSUPPORT, () -> stack().socket(nobodys, number("SOCK_STREAM"), 0));
        assertFails(Errno.EAFNOSUPPORT, () -> stack().socketpair(nobodys, number("SOCK_STREAM"), 0));
    }

    @Test
    void pairOfAFamilyWithoutPairsIsRefused() {
        assertFails(Errno.EOPNOTSUPP, () -> stack().socketpair(number("AF_INET"), number("SOCK_STREAM"), 0));
    }
}
