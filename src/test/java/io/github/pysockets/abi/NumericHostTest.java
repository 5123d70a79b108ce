package io.github.pysockets.abi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts are addresses, to whom. */
final class NumericHostTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1", "127.1, 127.0.0.1", "0x7f.1, 127.0.0.1", "017700000001, 127.0.0.1", "::1, ::1",
        "fe80::1%eth0, fe80::1", "fe80::1%, fe80::1", "1.2.3.4 x, 1.2.3.4"})
    void addressIsReadInAnyForm(String text, String address) {
        assertEquals(address, InetText.format(NumericHost.parse(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "1.2.3.4.5", "256.1.1.1", " 1.2.3.4", "%lo", "1.2.3.4%lo", "[::1]", "::g"})
    void nameIsNoAddress(String text) {
        assertNull(NumericHost.parse(text));
        assertNull(NumericHost.parsePlain(text));
    }

    @ParameterizedTest
    @CsvSource({"127.1, 127.0.0.1", "0177.0.0.1, 127.0.0.1", "::FFFF:1.2.3.4, ::ffff:1.2.3.4"})
    void plainAddressHasDigitsAndSeparators(String text, String address) {
        assertEquals(address, InetText.format(NumericHost.parsePlain(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x7f.1", "fe80::1%eth0", "1.2.3.4 x"})
    void otherFormIsANameToGethostbyname(String text) {
        assertNull(NumericHost.parsePlain(text));
    }
}
