package io.github.pysockets.tls.cert;

import java.nio.charset.StandardCharsets;

/**
 * Reads one block after the other from a PEM text, as OpenSSL does: PEM_read_bio(3). What it takes and what it does not
 * decides which certificates of a bundle are trusted.
 */
final class PemReader {
    static final String BEGIN = "-----BEGIN ";
    static final String END = "-----END ";
    static final String DASHES = "-----";

    /** The mark of UTF-8 that some editors write before a text. OpenSSL skips it where it looks for a new block. */
    private static final String BYTE_ORDER_MARK = "\u00EF\u00BB\u00BF";

    /** A longer line is read as several. */
    private static final int MOST_OF_LINE = 254;

    /** Every line after headers but the last has this many chars. */
    private static final int LINE_AFTER_HEADERS = 64;

    private final String text;
    private int at;
    /** Whether the line that was read last is only the start of a longer one. */
    private boolean partOfLine;

    PemReader(byte[] pem) {
        text = new String(pem, StandardCharsets.ISO_8859_1);
    }

    /**
     * The next block. Text before it is skipped.
     *
     * @return null where there are no more
     * @throws OpenSslException where a block has no end, or is not in Base64
     */
    PemBlock next() throws OpenSslException {
        if (text.startsWith(BYTE_ORDER_MARK, at)) {
            at += BYTE_ORDER_MARK.length();
        }
        while (at < text.length()) {
            String line = line();
            if (line.startsWith(BEGIN) && line.endsWith(DASHES) && line.length() >= BEGIN.length() + DASHES.length()) {
                return body(line.substring(BEGIN.length(), line.length() - DASHES.length()));
            }
        }
        return null;
    }

    private PemBlock body(String label) throws OpenSslException {
        StringBuilder first = new StringBuilder();
        StringBuilder second = null;
        boolean headers = false;
        boolean last = false;
        while (at < text.length()) {
            boolean continued = partOfLine;
            String line = line();
            if (line.isEmpty()) {
                if (!continued) {
                    if (second != null) {
                        break;
                    }
                    second = new StringBuilder();
                }
                continue;
            }
            if (line.startsWith(END)) {
                if (!line.equals(END + label + DASHES)) {
                    break;
                }
                return block(label, first, second, headers);
            }
            if (last) {
                break;
            }
            headers |= second == null && line.indexOf(':') >= 0;
            (second == null ? first : second).append(line).append('\n');
            if (second != null && line.length() > LINE_AFTER_HEADERS) {
                break;
            }
            last = second != null && line.length() < LINE_AFTER_HEADERS;
        }
        throw OpenSslException.of("PEM", "BAD_END_LINE", "bad end line");
    }

    /**
     * A block of the parts before and after an empty line.
     *
     * @param second null where there was no empty line
     */
    private static PemBlock block(String label, StringBuilder first, StringBuilder second, boolean headers)
            throws OpenSslException {
        String before = first.isEmpty() || second == null && !headers ? null : first.toString();
        String digits = second != null ? second.toString() : headers ? "" : first.toString();
        return new PemBlock(label, before, PemBase64.decode(digits));
    }

    /** The next line, or a part of it, without what OpenSSL takes for white space at its end. */
    private String line() {
        int end = text.indexOf('\n', at) + 1;
        boolean whole = end > 0 && end - at <= MOST_OF_LINE;
        end = whole ? end : Math.min(at + MOST_OF_LINE, text.length());
        partOfLine = !whole && end - at == MOST_OF_LINE;
        int stop = end;
        while (stop > at && isWhite(text.charAt(stop - 1))) {
            stop--;
        }
        String line = text.substring(at, stop);
        at = end;
        return line;
    }

    /** OpenSSL compares signed chars, so everything outside of ASCII counts as well. */
    private static boolean isWhite(char c) {
        return (byte) c <= ' ';
    }
}
