package io.github.pysockets.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.pysockets.virtual.VirtualStack;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract, on a host in memory that is alone, in the system's time. */
final class LoneVirtualStackTest extends StackContract {
    private static final SocketStack STACK = VirtualStack.open();

    @Override
    protected SocketStack stack() {
        return STACK;
    }

    @Override
    protected Set<String> absentConstants() {
        return Set.of("SO_PASSCRED", "SCM_CREDENTIALS");
    }

    @Override
    protected boolean pathsAreFiles() {
        return false;
    }

    @Test
    void nobodyIsToldOfAnotherClock() {
        assertNull(STACK.ability(ClockStack.class));
    }

    @Test
    void itsNameIsAddressedToItself() throws Exception {
        NameService.HostEntry found = STACK.names().gethostbyname(STACK.hostName().getBytes(StandardCharsets.UTF_8));

        assertEquals(List.of(new SockaddrIn(0x0a000001, 0)), found.addresses());
    }

    @Test
    void eachIsAloneOnItsNetwork() throws Exception {
        SocketStack other = VirtualStack.open();
        int family = (int) (long) STACK.constants().get("AF_INET");
        int type = (int) (long) STACK.constants().get("SOCK_STREAM");
        Endpoint one = STACK.socket(family, type, 0);
        Endpoint second = other.socket(family, type, 0);
        one.bind(new SockaddrIn(0x7f000001, 0));

        second.bind(one.localAddress());
        second.listen(1);

        one.close();
        second.close();
    }
}
