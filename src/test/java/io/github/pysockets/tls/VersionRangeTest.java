package io.github.pysockets.tls;

import static io.github.pysockets.tls.SslConstants.OP_NO_TLSv1_2;
import static io.github.pysockets.tls.SslConstants.OP_NO_TLSv1_3;
import static io.github.pysockets.tls.SslConstants.PROTO_MAXIMUM_SUPPORTED;
import static io.github.pysockets.tls.SslConstants.PROTO_MINIMUM_SUPPORTED;
import static io.github.pysockets.tls.SslConstants.PROTO_TLSv1;
import static io.github.pysockets.tls.SslConstants.PROTO_TLSv1_1;
import static io.github.pysockets.tls.SslConstants.PROTO_TLSv1_2;
import static io.github.pysockets.tls.SslConstants.PROTO_TLSv1_3;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VersionRangeTest {
    private static final int EITHER = OP_NO_TLSv1_2 | OP_NO_TLSv1_3;

    @ParameterizedTest
    @ValueSource(ints = {PROTO_MINIMUM_SUPPORTED, 0, PROTO_TLSv1, PROTO_TLSv1_1, PROTO_TLSv1_2})
    void whatIsOlderThanTheLowestVersionBeginsWithIt(int lowest) {
        assertEquals(
                new VersionRange(PROTO_TLSv1_2, PROTO_TLSv1_3), VersionRange.of(lowest, PROTO_MAXIMUM_SUPPORTED, 0));
    }

    @Test
    void optionsTakeAVersionAwayFromItsEnd() {
        assertEquals(
                new VersionRange(PROTO_TLSv1_3, PROTO_TLSv1_3),
                VersionRange.of(PROTO_MINIMUM_SUPPORTED, PROTO_MAXIMUM_SUPPORTED, OP_NO_TLSv1_2));
        assertEquals(
                new VersionRange(PROTO_TLSv1_2, PROTO_TLSv1_2),
                VersionRange.of(PROTO_MINIMUM_SUPPORTED, PROTO_MAXIMUM_SUPPORTED, OP_NO_TLSv1_3));
    }

    @Test
    void nothingIsLeft() {
        assertEmpty(VersionRange.of(PROTO_MINIMUM_SUPPORTED, PROTO_MAXIMUM_SUPPORTED, EITHER));
        assertEmpty(VersionRange.of(PROTO_TLSv1_2, PROTO_TLSv1_2, OP_NO_TLSv1_2));
        assertEmpty(VersionRange.of(PROTO_TLSv1_3, PROTO_TLSv1_3, OP_NO_TLSv1_3));
        assertEmpty(VersionRange.of(PROTO_TLSv1, PROTO_TLSv1, 0));
        assertEmpty(VersionRange.of(PROTO_TLSv1_1, PROTO_TLSv1_1, 0));
        assertEmpty(VersionRange.of(PROTO_TLSv1_3, PROTO_TLSv1_2, 0));
    }

    private static void assertEmpty(VersionRange range) {
        assertTrue(range.lowest() > range.highest(), range::toString);
    }
}
