package io.github.pysockets.tls.cert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.security.cert.CertificateEncodingException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The depth of an encoding is found without recursion. */
final class NestingLimitTest {
    private static byte[] nested(int tag, int levels) {
        byte[] encoded = {5, 0};
        for (int i = 0; i < levels; i++) {
            encoded = Der.encode(tag, encoded, new byte[] {5, 0});
        }
        return encoded;
    }

    private static byte[] endless(int levels, String beside) {
        String text = "3080".repeat(levels) + beside + "0000".repeat(levels);
        return HexFormat.of().parseHex(text);
    }

    @ParameterizedTest
    @CsvSource({"64, false", "65, true", "1000, true"})
    void levelsAreCounted(int levels, boolean tooDeep) {
        assertEquals(tooDeep, NestingLimit.isTooDeep(nested(0x30, levels)));
        assertEquals(tooDeep, NestingLimit.isTooDeep(nested(0xA0, levels)));
        assertEquals(tooDeep, NestingLimit.isTooDeep(endless(levels, "0500")));
    }

    @Test
    void siblingsAreNotDeeper() {
        byte[][] many = new byte[1_000][];
        for (int i = 0; i < many.length; i++) {
            many[i] = i % 2 == 0 ? nested(0x31, 60) : endless(60, "");
        }
        assertFalse(NestingLimit.isTooDeep(Der.encode(Der.SEQUENCE, many)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "3f", "3fff", "3080", "3081", "30ff", "0485ffffffffff", "04847fffffff", "308000",
        "0000"})
    void whatIsBrokenIsNotDeep(String hexadecimal) {
        assertFalse(NestingLimit.isTooDeep(HexFormat.of().parseHex(hexadecimal)));
    }

    @Test
    void anyBytesHaveAnAnswer() {
        Random random = new Random(3);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            // Either answer is right.
            NestingLimit.isTooDeep(bytes);
        }
    }

    @Test
    void certificateIsNotDeep() throws CertificateEncodingException {
        assertFalse(NestingLimit.isTooDeep(TestCertificates.of("CN=localhost")
                .dns("localhost")
                .selfSigned()
                .certificate()
                .getEncoded()));
    }
}
