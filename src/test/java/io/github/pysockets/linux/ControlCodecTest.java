package io.github.pysockets.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.pysockets.linux.ControlCodec.Decoded;
import io.github.pysockets.stack.ControlMessage;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Ancillary data, whole and cut, against the bytes of struct cmsghdr on little-endian hosts. */
final class ControlCodecTest {
    private static final ControlMessage FOUR = new ControlMessage(1, 2, new byte[] {5, 6, 7, 8});
    private static final ControlMessage EIGHT = new ControlMessage(41, 50, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    private static final ControlMessage NONE = new ControlMessage(-1, 0, new byte[0]);

    private static final String FOUR_HEX = "1400000000000000 01000000 02000000 05060708 00000000";
    private static final String EIGHT_HEX = "1800000000000000 29000000 32000000 0102030405060708";
    private static final String NONE_HEX = "1000000000000000 ffffffff 00000000";

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private static Decoded decode(String hex) {
        byte[] bytes = bytes(hex);
        return ControlCodec.decode(MemorySegment.ofArray(bytes), bytes.length);
    }

    @Test
    void itemsAreWrittenOneAfterTheOther() {
        List<ControlMessage> items = List.of(FOUR, NONE, EIGHT);
        byte[] expected = bytes(FOUR_HEX + NONE_HEX + EIGHT_HEX);
        byte[] into = new byte[expected.length];
        Arrays.fill(into, (byte) 0xee);

        assertEquals(expected.length, ControlCodec.space(items));
        ControlCodec.encode(items, MemorySegment.ofArray(into));

        assertEquals(HexFormat.of().formatHex(expected), HexFormat.of().formatHex(into));
    }

    @Test
    void itemsAreRead() {
        Decoded decoded = decode(FOUR_HEX + NONE_HEX + EIGHT_HEX);

        assertEquals(List.of(FOUR, NONE, EIGHT), decoded.items());
        assertFalse(decoded.damaged());
    }

    @Test
    void lastItemNeedsNoPadding() {
        assertEquals(new Decoded(List.of(FOUR), false), decode(FOUR_HEX.substring(0, FOUR_HEX.length() - 8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "14", "1400000000000000", "1400000000000000 01000000 020000"})
    void lessThanAHeaderIsNothing(String hex) {
        assertEquals(new Decoded(List.of(), false), decode(hex));
        assertEquals(new Decoded(List.of(EIGHT), false), decode(EIGHT_HEX + hex));
    }

    @Test
    void itemThatTheKernelCutIsWhole() {
        // Linux shortens the length that the header tells to what it had room for.
        assertEquals(
                new Decoded(List.of(EIGHT, new ControlMessage(1, 2, new byte[] {5})), false),
                decode(EIGHT_HEX + "1100000000000000 01000000 02000000 05"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1400000000000000", "ffffffffffffff7f", "ffffffffffffffff", "0000000000000080"})
    void itemThatClaimsMoreThanThereIsIsGivenAsFarAsItGoes(String length) {
        assertEquals(
                new Decoded(List.of(EIGHT, new ControlMessage(1, 2, new byte[] {5, 6})), true),
                decode(EIGHT_HEX + length + "01000000 02000000 0506"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000000000000000", "0f00000000000000"})
    void itemThatClaimsLessThanAHeaderEndsTheData(String length) {
        assertEquals(
                new Decoded(List.of(EIGHT), true), decode(EIGHT_HEX + length + "01000000 02000000" + FOUR_HEX));
    }
}
