package io.github.pysockets.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.pysockets.tls.cert.OpenSslException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cipher strings choose the suites that OpenSSL 3.0 chooses for the same strings. */
final class CipherStringTest {
    private static final int UNSET = -1;

    /**
     * @param suites numbers, in the order of the choice; "none" where OpenSSL refuses the string
     * @param level the security level after it; "-" where the string sets none
     */
    record Choice(String string, String suites, String level) {}

    static List<Choice> choices() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                CipherStringTest.class.getResourceAsStream("cipher_strings.tsv"), StandardCharsets.US_ASCII))) {
            return lines.lines()
                    .skip(1)
                    .map(line -> line.split("\t"))
                    .map(column -> new Choice(column[0], column[1], column[2]))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("choices")
    void choosesWhatOpensslChooses(Choice choice) throws OpenSslException {
        if (choice.suites().equals("none")) {
            OpenSslException refusal = assertThrows(
                    OpenSslException.class, () -> CipherString.select(choice.string(), CipherSuites.table()));
            assertEquals("No cipher can be selected.", refusal.text());
            assertNull(refusal.library());
            assertNull(refusal.reason());
        } else {
            assertEquals(choice.suites(), numbers(CipherString.select(choice.string(), CipherSuites.table())));
        }
    }

    @ParameterizedTest
    @MethodSource("choices")
    void setsTheLevelThatOpensslSets(Choice choice) {
        int level = CipherString.securityLevel(choice.string(), UNSET);
        assertEquals(choice.level(), level == UNSET ? "-" : String.valueOf(level));
    }

    private static String numbers(List<CipherSuite> suites) {
        return suites.stream()
                .map(suite -> "%04x".formatted(suite.id() & 0xFFFF))
                .collect(Collectors.joining(" "));
    }

    /** They would also limit groups and signatures, which is not done here. To choose nothing is safe. */
    @ParameterizedTest
    @ValueSource(strings = {"SUITEB128", "SUITEB128ONLY", "SUITEB192", "SUITEB128:ALL", "SUITEB192:HIGH"})
    void wordsThatMeanMoreThanSuitesChooseNone(String string) {
        assertThrows(OpenSslException.class, () -> CipherString.select(string));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00e9", "ALL\u00e9", "AES\n", "\0", "\ud800"})
    void charactersThatAreInNoWordAreRefused(String string) {
        assertThrows(OpenSslException.class, () -> CipherString.select(string));
    }

    @Test
    void nothingIsChosenThatThisJavaCannotDo() throws OpenSslException {
        assertEquals(CipherSuites.all(), CipherString.select("ALL"));
    }

    @Test
    void defaultsOfPythonAreChosenInItsOrder() throws OpenSslException {
        String defaults = "@SECLEVEL=2:ECDH+AESGCM:ECDH+CHACHA20:ECDH+AES:DHE+AES:!aNULL:!eNULL:!aDSS:!SHA1:!AESCCM";
        assertEquals(
                Stream.of(
                        "TLS_AES_256_GCM_SHA384",
                        "TLS_CHACHA20_POLY1305_SHA256",
                        "TLS_AES_128_GCM_SHA256",
                        "ECDHE-ECDSA-AES256-GCM-SHA384",
                        "ECDHE-RSA-AES256-GCM-SHA384",
                        "ECDHE-ECDSA-AES128-GCM-SHA256",
                        "ECDHE-RSA-AES128-GCM-SHA256",
                        "ECDHE-ECDSA-CHACHA20-POLY1305",
                        "ECDHE-RSA-CHACHA20-POLY1305",
                        "ECDHE-ECDSA-AES256-SHA384",
                        "ECDHE-RSA-AES256-SHA384",
                        "ECDHE-ECDSA-AES128-SHA256",
                        "ECDHE-RSA-AES128-SHA256",
                        "DHE-RSA-AES256-GCM-SHA384",
                        "DHE-RSA-AES128-GCM-SHA256",
                        "DHE-RSA-AES256-SHA256",
                        "DHE-RSA-AES128-SHA256")
                        .toList(),
                CipherString.select(defaults).stream().map(CipherSuite::name).toList());
    }
}
