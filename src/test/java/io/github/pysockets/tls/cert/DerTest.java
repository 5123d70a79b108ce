package io.github.pysockets.tls.cert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values in DER, whole and broken. */
final class DerTest {
    private static Der der(String hexadecimal) {
        return Der.of(HexFormat.of().parseHex(hexadecimal));
    }

    @Test
    void partsOfASequenceAreRead() {
        List<Der> parts = der("300c0101ff02020100a003040155").sequence();
        assertEquals(3, parts.size());
        assertTrue(parts.get(0).bool());
        assertEquals(BigInteger.valueOf(256), parts.get(1).integer());
        assertEquals(0, parts.get(2).contextNumber());
        assertArrayEquals(new byte[] {0x55}, parts.get(2).items().getFirst().octetString());
    }

    @ParameterizedTest
    @CsvSource({
        "0603550403, 2.5.4.3",
        "06062a864886f70d, 1.2.840.113549",
        "060100, 0.0",
        "06022701, 0.39.1",
        "060128, 1.0",
        "0603883703, 2.999.3",
        "06028837, 2.999",
        "061381808080808080808080808080808080808001, 2.85070591730234615865843651857942052785",
    })
    void objectIdentifiersAreRead(String hexadecimal, String text) {
        assertEquals(text, der(hexadecimal).oid());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 255, 256, 65_535, 65_536})
    void whatIsWrittenIsReadAgain(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        byte[] encoded = Der.encode(Der.SEQUENCE, Der.encode(Der.OCTET_STRING, content), new byte[] {5, 0});
        List<Der> parts = Der.of(encoded).sequence();
        assertArrayEquals(content, parts.getFirst().octetString());
        assertArrayEquals(new byte[] {5, 0}, parts.getLast().encoding());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "30", "3001", "300100", "3080", "308000", "30840000000100", "3081", "3f8101", "04020001ff"
    })
    void whatIsBrokenIsRefused(String hexadecimal) {
        assertThrows(IllegalArgumentException.class, () -> der(hexadecimal).sequence());
    }

    @Test
    void objectIdentifierThatIsTooLongIsRefused() {
        byte[] content = new byte[587];
        Arrays.fill(content, 0, 586, (byte) 0x81);
        byte[] encoded = Der.encode(Der.OBJECT, content);
        assertThrows(IllegalArgumentException.class, () -> Der.of(encoded).oid());
    }

    @Test
    void otherKindOfValueIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> der("020100").octetString());
        assertThrows(IllegalArgumentException.class, () -> der("020100").items());
        assertThrows(IllegalArgumentException.class, () -> der("0200").integer());
        assertThrows(IllegalArgumentException.class, () -> der("0600").oid());
        assertThrows(IllegalArgumentException.class, () -> der("0601ff").oid());
    }
}
