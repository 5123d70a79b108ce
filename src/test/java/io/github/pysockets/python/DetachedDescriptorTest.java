package io.github.pysockets.python;

import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_TYPE;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.DescriptorEndpoint;
import io.github.pysockets.stack.DescriptorStack;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.StackException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a descriptor that its object has let go of, when the runtime is closed. */
final class DetachedDescriptorTest {
    private final DescriptorStack stack = LinuxStack.open();
    private final SocketRuntime runtime =
            new SocketRuntime(stack, Numbering.SHARED, false, () -> false, SearchRule.NEVER);

    private int detached() throws StackException {
        return runtime.open(AF_UNIX, SOCK_STREAM, 0).detach();
    }

    private boolean isOpen(int number) {
        try {
            stack.endpoint(number).getOption(SOL_SOCKET, SO_TYPE);
            return true;
        } catch (StackException closed) {
            assertEquals(Errno.EBADF, closed.errno());
            return false;
        }
    }

    @Test
    void isClosedWithTheRuntime() throws StackException {
        int number = detached();
        runtime.close();
        assertEquals(false, isOpen(number));
    }

    @Test
    void isLeftAloneOnceTheNumberIsAnothers() throws StackException {
        int number = detached();
        stack.endpoint(number).close();
        List<Endpoint> others = new ArrayList<>();
        // The kernel gives the lowest free number. Should another thread have freed a lower one, the next is tried.
        do {
            others.add(stack.socket(AF_UNIX, SOCK_STREAM, 0));
        } while (others.getLast().ability(DescriptorEndpoint.class).descriptor() != number && others.size() < 100);
        assertEquals(number, others.getLast().ability(DescriptorEndpoint.class).descriptor());
        runtime.close();
        assertEquals(true, isOpen(number));
        for (Endpoint other : others) {
            other.close();
        }
    }

    @Test
    void isUsedAgainByAnotherObject() throws CallFailure, StackException {
        int number = detached();
        PySocket again = runtime.adopt(number, -1, -1, -1);
        assertEquals(number, again.fileno());
        runtime.close();
        assertEquals(false, isOpen(number));
        assertThrows(StackException.class, again::localAddress);
    }
}
