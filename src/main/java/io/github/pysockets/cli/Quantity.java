package io.github.pysockets.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with a unit, as people write them: {@code 20ms}, {@code 10Mbit}, {@code 64KiB}. */
final class Quantity {
    private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?([A-Za-z]+)");

    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    private static final Map<String, BigDecimal> NANOSECONDS = Map.of(
            "ns", BigDecimal.ONE,
            "us", power(3),
            "ms", power(6),
            "s", power(9),
            "m", power(9).multiply(BigDecimal.valueOf(60)),
            "min", power(9).multiply(BigDecimal.valueOf(60)),
            "h", power(9).multiply(BigDecimal.valueOf(3_600)),
            "d", power(9).multiply(BigDecimal.valueOf(86_400)));

    private static final Map<String, BigDecimal> BITS = Map.of(
            "bit", BigDecimal.ONE, "kbit", power(3), "Mbit", power(6), "Gbit", power(9), "Tbit", power(12));

    private static final Map<String, BigDecimal> BYTES = Map.of(
            "B", BigDecimal.ONE,
            "kB", power(3),
            "MB", power(6),
            "GB", power(9),
            "KiB", BigDecimal.valueOf(1L << 10),
            "MiB", BigDecimal.valueOf(1L << 20),
            "GiB", BigDecimal.valueOf(1L << 30));

    private Quantity() {}

    private static BigDecimal power(int tens) {
        return BigDecimal.TEN.pow(tens);
    }

    /**
     * A duration, such as {@code 20ms}, {@code 1.5s}, {@code 2m} or {@code 1h}.
     *
     * @throws IllegalArgumentException if it is none; the message is part of a sentence
     */
    static Duration duration(String text) {
        return Duration.ofNanos(number(text, NANOSECONDS, "a duration, as in 20ms, 1.5s, 2m or 1h"));
    }

    /**
     * Bits per second, from a rate such as {@code 10Mbit} or {@code 10Mbit/s}.
     *
     * @throws IllegalArgumentException as above
     */
    static long rate(String text) {
        String withoutSecond = text.endsWith("/s") ? text.substring(0, text.length() - 2) : text;
        return number(withoutSecond, BITS, "a rate, as in 56kbit, 10Mbit or 1Gbit");
    }

    /**
     * Bytes, from a size such as {@code 64KiB} or {@code 1MB}.
     *
     * @throws IllegalArgumentException as above
     */
    static long size(String text) {
        return number(text, BYTES, "a size, as in 100B, 64KiB or 1MB");
    }

    private static long number(String text, Map<String, BigDecimal> units, String expected) {
        Matcher parts = FORM.matcher(text);
        BigDecimal unit = parts.matches() ? units.get(parts.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException("'" + text + "' is not " + expected);
        }
        BigDecimal exact = new BigDecimal(parts.group(1)).multiply(unit).setScale(0, RoundingMode.CEILING);
        if (exact.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("'" + text + "' is too large");
        }
        return exact.longValueExact();
    }
}
