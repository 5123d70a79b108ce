package io.github.pysockets.tls.cert;

import java.time.Month;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time in a certificate as ASN1_TIME_print(3) writes it: {@code Jan  5 09:43:40 2018 GMT}. */
final class Asn1Time {
    private static final Pattern DIGITS =
            Pattern.compile("(\\d{4}|\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)(\\d\\d)?(\\.\\d+)?(Z)?.*");
    /** A year of two digits from 50 on is of the last century: RFC 5280, section 4.1.2.5.1. */
    private static final int FIRST_DECADE_OF_LAST_CENTURY = 5;

    private static final String BAD = "Bad time value";

    private Asn1Time() {}

    static String of(Asn1String time) {
        boolean general = time.tag() == Asn1String.GENERALIZED_TIME;
        String text = time.text();
        if (text == null || text.length() < 2) {
            return BAD;
        }
        Matcher digits = DIGITS.matcher(general ? text : century(text) + text);
        if (!digits.matches()) {
            return BAD;
        }
        int month = Integer.parseInt(digits.group(2));
        return String.format(
                "%s %2d %s:%s:%s%s %s%s",
                month < 1 || month > 12 ? "Bad" : Month.of(month).getDisplayName(TextStyle.SHORT, Locale.ENGLISH),
                Integer.parseInt(digits.group(3)),
                digits.group(4),
                digits.group(5),
                digits.group(6) == null ? "00" : digits.group(6),
                digits.group(7) == null ? "" : digits.group(7),
                digits.group(1),
                digits.group(8) == null ? "" : " GMT");
    }

    private static String century(String text) {
        return text.charAt(0) - '0' < FIRST_DECADE_OF_LAST_CENTURY ? "20" : "19";
    }
}
