package io.github.pysockets.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** struct epoll_event in its two layouts, against its bytes on little-endian hosts. */
final class EpollEventTest {
    private static final int EDGE_TRIGGERED_IN = 0x8000_0001;

    private final byte[] bytes = new byte[2 * EpollEvent.ALIGNED.size()];
    private final MemorySegment room = MemorySegment.ofArray(bytes);

    private static EpollEvent layout(String name) {
        return "packed".equals(name) ? EpollEvent.PACKED : EpollEvent.ALIGNED;
    }

    @ParameterizedTest
    @CsvSource({
        "packed, ee000000 ffffffff ffffffff  01000080 78563412 00000000",
        "aligned, ee000000 eeeeeeee ffffffff ffffffff  01000080 eeeeeeee 78563412 00000000",
    })
    void eventIsOneOfAnArray(String layout, String hex) {
        Arrays.fill(bytes, (byte) 0xee);

        layout(layout).encode(room, 0, 0xee, -1);
        layout(layout).encode(room, 1, EDGE_TRIGGERED_IN, 0x1234_5678);

        String expected = hex.replace(" ", "");
        assertEquals(expected, HexFormat.of().formatHex(bytes, 0, expected.length() / 2));
    }

    @ParameterizedTest
    @CsvSource({"packed", "aligned"})
    void whatWasWrittenIsRead(String layout) {
        EpollEvent event = layout(layout);
        event.encode(room, 0, 0x2010, 3);
        event.encode(room, 1, EDGE_TRIGGERED_IN, Integer.MAX_VALUE);

        assertEquals(3, event.data(room, 0));
        assertEquals(0x2010, event.events(room, 0));
        assertEquals(Integer.MAX_VALUE, event.data(room, 1));
        assertEquals(EDGE_TRIGGERED_IN, event.events(room, 1));
    }

    @Test
    void layoutIsPackedOnOneArchitectureOnly() {
        assertSame(EpollEvent.PACKED, EpollEvent.of("amd64"));
        assertSame(EpollEvent.PACKED, EpollEvent.of("x86_64"));
        assertSame(EpollEvent.ALIGNED, EpollEvent.of("aarch64"));
    }
}
