package io.github.pysockets.abi;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text and bytes of addresses, against what glibc gives. */
final class InetTextTest {
    private static final HexFormat HEX = HexFormat.of();

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 00000000",
        "127.0.0.1, 7f000001",
        "255.255.255.255, ffffffff",
        "1.20.0.200, 011400c8",
    })
    void plainFormIsParsedAndFormatted(String text, String bytes) {
        assertArrayEquals(HEX.parseHex(bytes), InetText.parse4(text));
        assertEquals(text, InetText.format(HEX.parseHex(bytes)));
        assertEquals(text, InetText.format(HexFormat.fromHexDigits(bytes)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", ".", "1", "1.2.3", "1.2.3.", ".1.2.3", "1..2.3", "1.2.3.4.", "1.2.3.4.5", "256.0.0.1", "1.2.3.256",
        "01.2.3.4",
        "1.2.3.00", "0x1.2.3.4", "1.2.3.4 ", " 1.2.3.4", "+1.2.3.4", "-1.2.3.4", "1.2.3.a", "\u0661.2.3.4", "::1",
        "99999999999.1.1.1",
    })
    void otherFormsAreNoPlainForm(String text) {
        assertNull(InetText.parse4(text));
    }

    @ParameterizedTest
    @CsvSource({
        "1.2.3.4, 01020304",
        "1.2.3, 01020003",
        "1.2, 01000002",
        "1, 00000001",
        "0, 00000000",
        "127.1, 7f000001",
        "0x7f.1, 7f000001",
        "0X7F000001, 7f000001",
        "017700000001, 7f000001",
        "2130706433, 7f000001",
        "4294967295, ffffffff",
        "255.16777215, ffffffff",
        "255.255.65535, ffffffff",
        "0xff.0377.255.0xFF, ffffffff",
        "00.00.00.00, 00000000",
        "'1.2.3.4 and more', 01020304",
    })
    void allFormsOfAtonAreParsed(String text, String bytes) {
        assertArrayEquals(HEX.parseHex(bytes), InetText.parseAton(text));
    }

    @ParameterizedTest
    @ValueSource(chars = {' ', '\t', '\n', '\u000b', '\f', '\r'})
    void atonEndsAtWhiteSpace(char space) {
        assertArrayEquals(new byte[] {1, 2, 3, 4}, InetText.parseAton("1.2.3.4" + space + "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", " 1", "a", ".", "1.", "1. 2", ".1", "1..2", "1.2.3.4.5", "1.2.3.4.", "256.1", "1.256.1", "1.2.256.1",
        "1.2.3.256", "1.2.65536", "1.16777216", "4294967296", "0x100000000", "99999999999999999999999", "08", "0x",
        "0xg",
        "1.0x", "+1", "-1", "1.2.3.4x", "1.2.3.4\u00a0", "\u0661", "0b1", "::1",
    })
    void otherFormsAreNothingForAton(String text) {
        assertNull(InetText.parseAton(text));
    }

    @ParameterizedTest
    @CsvSource({
        "::, 00000000000000000000000000000000",
        "::1, 00000000000000000000000000000001",
        "1::, 00010000000000000000000000000000",
        "fe80::1, fe800000000000000000000000000001",
        "2001:db8::ff00:42:8329, 20010db8000000000000ff0000428329",
        "1:2:3:4:5:6:7:8, 00010002000300040005000600070008",
        "1:0:3:4:5:6:7:8, 00010000000300040005000600070008",
        "1::4:5:0:0:8, 00010000000000040005000000000008",
        "1:0:0:4::8, 00010000000000040000000000000008",
        "0:2:3:4:5:6:7:8, 00000002000300040005000600070008",
        "::3:4:5:6:7:8, 00000000000300040005000600070008",
        "1:2:3:4:5:6::, 00010002000300040005000600000000",
        "1:2:3:4:5:6:7:0, 00010002000300040005000600070000",
        "::ffff:192.0.2.1, 00000000000000000000ffffc0000201",
        "::ffff:0.0.0.0, 00000000000000000000ffff00000000",
        "::192.0.2.1, 000000000000000000000000c0000201",
        "::0.1.0.0, 00000000000000000000000000010000",
        "::2, 00000000000000000000000000000002",
        "::fffe:c000:201, 00000000000000000000fffec0000201",
        "::1:0:0, 00000000000000000000000100000000",
        "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, ffffffffffffffffffffffffffffffff",
    })
    void shortestFormIsParsedAndFormatted(String text, String bytes) {
        byte[] expected = HEX.parseHex(bytes);
        long high = HexFormat.fromHexDigitsToLong(bytes, 0, 16);
        long low = HexFormat.fromHexDigitsToLong(bytes, 16, 32);

        assertArrayEquals(expected, InetText.parse6(text));
        assertEquals(text, InetText.format(expected));
        assertEquals(text, InetText.format(high, low));
    }

    @ParameterizedTest
    @CsvSource({
        "0:0:0:0:0:0:0:1, ::1",
        "0001:00fF::ABCD, 1:ff::abcd",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
        "::1.2.3.4, ::1.2.3.4",
        "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
        "1::1.2.3.4, 1::102:304",
        "::0.0.0.0, ::",
    })
    void longerFormsAreParsed(String text, String shortest) {
        assertEquals(shortest, InetText.format(InetText.parse6(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", ":", ":::", "1", "1:2", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "1::2::3", "1:::2", "12345::", "g::", "::1 ", " ::1", "::1%lo",
        "1.2.3.4",
        "::1.2.3", "::1.2.3.256", "::01.2.3.4", "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4", "::12345.2.3.4", "::a.2.3.4",
        "::.1.2.3",
        "::\u0661", "[::1]",
    })
    void otherTextIsNoAddress(String text) {
        assertNull(InetText.parse6(text));
    }

    @Test
    void bytesOfNoAddressAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> InetText.format(new byte[5]));
    }
}
