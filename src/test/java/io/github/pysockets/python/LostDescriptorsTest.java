package io.github.pysockets.python;

import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.Errno.EBADF;
import static io.github.pysockets.abi.Errno.ENOMEM;
import static io.github.pysockets.abi.Errno.EPERM;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.pysockets.faults.Fault;
import io.github.pysockets.faults.Faults;
import io.github.pysockets.faults.FaultyStack;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.AcceptedHolder;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.ForwardingEndpoint;
import io.github.pysockets.stack.ForwardingStack;
import io.github.pysockets.stack.SockaddrUn;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A descriptor is not lost where the call fails that makes it, or one that asks after it. */
final class LostDescriptorsTest {

    private final Faults faults = new Faults();
    private final SocketRuntime runtime =
            new SocketRuntime(new FaultyStack(LinuxStack.open(), faults), Numbering.SHARED, false, () -> false,
                    SearchRule.NEVER);

    @AfterEach
    void close() {
        runtime.close();
        assertEquals(Set.of(), faults.open());
        assertEquals(List.of(), faults.takeMisuses());
    }

    @Test
    void socketThatCannotHaveItsTimeout() {
        runtime.setDefaultTimeout(1);
        faults.plan("setNonBlocking", 1, new Fault.Fails(EPERM));
        StackException failure = assertThrows(
                StackException.class, () -> runtime.open(AF_UNIX, SOCK_STREAM, 0));
        assertEquals(EPERM, failure.errno());
        assertEquals(Set.of(), faults.open());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void pairOneOfWhichCannotHaveItsTimeout(int one) {
        runtime.setDefaultTimeout(1);
        faults.plan("setNonBlocking", one, new Fault.Fails(EPERM));
        assertThrows(StackException.class, () -> runtime.openPair(AF_UNIX, SOCK_STREAM, 0));
        assertEquals(Set.of(), faults.open());
    }

    /** A listener with a connection to accept. */
    private static PySocket listener(SocketRuntime runtime) throws StackException {
        PySocket listener = runtime.open(AF_UNIX, SOCK_STREAM, 0);
        listener.bind(new SockaddrUn(new byte[0]));
        listener.listen(1);
        PySocket client = runtime.open(AF_UNIX, SOCK_STREAM, 0);
        assertEquals(0, client.connect(listener.localAddress()));
        return listener;
    }

    @Test
    void acceptedSocketThatCannotHaveItsTimeout() throws StackException {
        PySocket listener = listener(runtime);
        Set<Integer> before = Set.copyOf(faults.open());
        runtime.setDefaultTimeout(1);
        faults.plan("setNonBlocking", 1, new Fault.Fails(EPERM));
        StackException failure =
                assertThrows(StackException.class, () -> listener.acceptSocket(new AcceptedHolder()));
        assertEquals(EPERM, failure.errno());
        assertEquals(before, Set.copyOf(faults.open()));
    }

    /** All sockets of the interpreter are closed while it accepts: the new one is too, and has no number. */
    @Test
    void acceptedWhileAllIsClosed() throws StackException {
        SocketRuntime[] closing = new SocketRuntime[1];
        SocketStack stack = new ForwardingStack(new FaultyStack(LinuxStack.open(), faults)) {
            @Override
            protected Endpoint wrap(Endpoint endpoint) {
                return new ForwardingEndpoint(endpoint, this::wrap) {
                    @Override
                    public int accept(AcceptedHolder accepted) {
                        int result = super.accept(accepted);
                        closing[0].close();
                        return result;
                    }
                };
            }
        };
        closing[0] = new SocketRuntime(stack, Numbering.SHARED, false, () -> false, SearchRule.NEVER);
        PySocket listener = listener(closing[0]);
        assertEquals(-EBADF, listener.accept(new AcceptedHolder()));
    }

    @Test
    void acceptedDescriptorIsKnownToBeASocket() throws CallFailure, StackException {
        PySocket listener = listener(runtime);
        int number = listener.accept(new AcceptedHolder());
        faults.plan("getOption", 1, new Fault.Fails(ENOMEM));
        PySocket server = runtime.adopt(number, AF_UNIX, SOCK_STREAM, 0);
        assertEquals(number, server.fileno());
        assertEquals(0, faults.calls().getOrDefault("getOption", 0));
    }

    /** Who asks whether a number is still the script's, and gets no answer, goes on as if it were. */
    @Test
    void numberThatCannotBeAskedAfterIsStillTheScripts() throws CallFailure, StackException {
        int number = runtime.open(AF_UNIX, SOCK_STREAM, 0).detach();
        faults.plan("identity", 1, new Fault.Fails(ENOMEM));
        new DescriptorControl(runtime).close(number);
        assertEquals(Set.of(), faults.open());
    }

    @Test
    void numberThatCouldNotBeAskedAfterWhenItWasLetGoIsToo() throws CallFailure, StackException {
        PySocket socket = runtime.open(AF_UNIX, SOCK_STREAM, 0);
        faults.plan("identity", 1, new Fault.Fails(ENOMEM));
        new DescriptorControl(runtime).close(socket.detach());
        assertEquals(Set.of(), faults.open());
    }
}
