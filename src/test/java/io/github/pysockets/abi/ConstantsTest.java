package io.github.pysockets.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
    void thoseOfEverySystemAreInItWithTheSameNumbers() {
        Map<String, Long> portable = Constants.portable();

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
