package io.github.pysockets.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.abi.Errno;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a stack tells of its platform: names, constants, texts. */
abstract class PlatformCases extends StackCase {
    @Test
    void stackAndHostHaveNames() throws StackException {
        assertFalse(stack().name().isEmpty());
        assertFalse(stack().hostName().isEmpty());
    }

    @Test
    void constantsThatEveryPlatformHasAreThere() {
        List<String> common = List.of(
                "AF_INET", "AF_UNSPEC", "SOCK_STREAM", "SOCK_DGRAM", "SOL_SOCKET", "SO_REUSEADDR", "SO_ERROR",
                "SO_TYPE",
                "IPPROTO_TCP", "TCP_NODELAY", "MSG_PEEK", "SHUT_RD", "SHUT_WR", "SHUT_RDWR", "AI_PASSIVE", "EAI_NONAME",
                "NI_NUMERICHOST", "SOMAXCONN", "POLLIN", "POLLOUT", "POLLNVAL");

        assertTrue(stack().constants().keySet().containsAll(common));
    }

    @Test
    void constantsAreOneUnchangingTable() {
        assertEquals(List.copyOf(stack().constants().keySet()), List.copyOf(stack().constants().keySet()));
        assertThrows(UnsupportedOperationException.class, () -> stack().constants().put("AF_INET", 1L));
    }

    @Test
    void constantsAreUnsignedWhereTheyAreInC() {
        assertEquals(0xffff_ffffL, stack().constants().get("INADDR_BROADCAST"));
        assertEquals(0x7f00_0001L, stack().constants().get("INADDR_LOOPBACK"));
        assertEquals(-2L, stack().constants().get("EAI_NONAME"));
    }

    @Test
    void endpointsHaveTheAbilitiesThatTheStackOffers() throws StackException {
        Endpoint endpoint = open(number("AF_INET"), "SOCK_STREAM");
        for (Class<? extends Endpoint> ability : List.of(MessageEndpoint.class, DescriptorEndpoint.class,
                FileEndpoint.class, SeekableEndpoint.class, ControlEndpoint.class)) {
            if (endpoint.ability(ability) != null) {
                assertTrue(stack().offers(ability), ability.getSimpleName());
            }
        }
    }

    @Test
    void errnosHaveTexts() {
        assertEquals("Connection refused", stack().errorText(Errno.ECONNREFUSED));
        assertEquals("Bad file descriptor", stack().errorText(Errno.EBADF));
        assertEquals("Unknown error 54321", stack().errorText(54321));
    }
}
