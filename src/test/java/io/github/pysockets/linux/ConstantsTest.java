package io.github.pysockets.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.pysockets.stack.UnsupportedStack;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table of constants. */
final class ConstantsTest {
    private final Map<String, Long> all = Constants.all();

    @Test
    void tableIsReadWhole() {
        assertEquals(398, all.size());
        assertEquals("AF_ALG", all.keySet().iterator().next());
    }

    @Test
    void numbersThatTheStackItselfGoesByAreInIt() {
        assertEquals(SockaddrLayout.AF_UNIX, all.get("AF_UNIX").intValue());
        assertEquals(SockaddrLayout.AF_INET, all.get("AF_INET").intValue());
        assertEquals(SockaddrLayout.AF_INET6, all.get("AF_INET6").intValue());
        assertEquals(SockaddrLayout.AF_NETLINK, all.get("AF_NETLINK").intValue());
        assertEquals(SockaddrLayout.AF_PACKET, all.get("AF_PACKET").intValue());
        assertEquals(SockaddrLayout.AF_RDS, all.get("AF_RDS").intValue());
        assertEquals(SockaddrLayout.AF_CAN, all.get("AF_CAN").intValue());
        assertEquals(SockaddrLayout.AF_TIPC, all.get("AF_TIPC").intValue());
        assertEquals(SockaddrLayout.AF_ALG, all.get("AF_ALG").intValue());
        assertEquals(SockaddrLayout.AF_VSOCK, all.get("AF_VSOCK").intValue());
        assertEquals(SockaddrLayout.AF_QIPCRTR, all.get("AF_QIPCRTR").intValue());
        assertEquals(SockaddrLayout.Can.CAN_ISOTP, all.get("CAN_ISOTP").intValue());
        assertEquals(SockaddrLayout.Can.CAN_J1939, all.get("CAN_J1939").intValue());
        assertEquals(SockaddrLayout.Tipc.TIPC_ADDR_ID, all.get("TIPC_ADDR_ID").intValue());
    }

    @Test
    void thoseOfEverySystemAreInItWithTheSameNumbers() {
        Map<String, Long> portable = new UnsupportedStack().constants();

        portable.forEach((name, number) -> assertEquals(number, all.get(name), name));
    }

    @Test
    void signIsThatOfC() {
        assertEquals(-1, all.get("TIPC_WAIT_FOREVER"));
        assertEquals(-12, all.get("EAI_OVERFLOW"));
        assertEquals(0x8000_0000L, all.get("EPOLLET"));
        assertEquals(0x8000_0000L, all.get("CAN_EFF_FLAG"));
        assertEquals(0xffff_ffffL, all.get("VMADDR_CID_ANY"));
    }
}
