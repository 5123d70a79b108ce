package io.github.pysockets.tls.cert;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * A block of a PEM file (RFC 7468, and the headers of RFC 1421 that old keys have).
 *
 * @param label what follows BEGIN
 * @param headers the lines before the first empty one, null where there are none
 * @param content the decoded bytes
 */
record PemBlock(String label, String headers, byte[] content) {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /** Reads one block after the other from a text. */
    static final class Reader {
        private final String text;
        private int at;

        Reader(byte[] pem) {
            text = new String(pem, StandardCharsets.ISO_8859_1);
        }

        /**
         * The next block. Text before it is skipped.
         *
         * @return null where there are no more
         * @throws OpenSslException where a block has no end, or is not in Base64
         */
        PemBlock next() throws OpenSslException {
            String label = null;
            while (label == null) {
                if (at == text.length()) {
                    return null;
                }
                String line = line();
                if (line.startsWith(BEGIN) && line.endsWith(DASHES) && line.length() >= BEGIN.length() + 5) {
                    label = line.substring(BEGIN.length(), line.length() - DASHES.length());
                }
            }
            return body(label);
        }

        private PemBlock body(String label) throws OpenSslException {
            String headers = null;
            boolean mayBeHeaders = false;
            StringBuilder content = new StringBuilder();
            while (at < text.length()) {
                String line = line();
                if (line.startsWith(END)) {
                    if (!line.equals(END + label + DASHES)) {
                        break;
                    }
                    return new PemBlock(label, headers, decode(content.toString()));
                }
                if (headers == null && line.isEmpty() && mayBeHeaders) {
                    headers = content.toString();
                    content.setLength(0);
                } else {
                    mayBeHeaders |= line.indexOf(':') >= 0;
                    content.append(line).append('\n');
                }
            }
            throw OpenSslException.of("PEM", "BAD_END_LINE", "bad end line");
        }

        private String line() {
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            String line = text.substring(at, end).stripTrailing();
            at = Math.min(end + 1, text.length());
            return line;
        }

        private static byte[] decode(String lines) throws OpenSslException {
            String digits = lines.replaceAll("\\s+", "");
            try {
                if (digits.length() % 4 == 0) {
                    return Base64.getDecoder().decode(digits);
                }
            } catch (IllegalArgumentException notBase64) {
                // Fails below, as digits that are too few do.
            }
            throw OpenSslException.of("PEM", "BAD_BASE64_DECODE", "bad base64 decode");
        }
    }

    /** An X.509 certificate under one of its usual labels. */
    boolean isCertificate() {
        return "CERTIFICATE".equals(label) || "X509 CERTIFICATE".equals(label);
    }

    /** A certificate that is followed by what OpenSSL shall trust it for. */
    boolean isTrustedCertificate() {
        return "TRUSTED CERTIFICATE".equals(label);
    }

    boolean isRevocationList() {
        return "X509 CRL".equals(label);
    }

    boolean isPrivateKey() {
        return label.endsWith("PRIVATE KEY");
    }

    boolean isEncrypted() {
        return "ENCRYPTED PRIVATE KEY".equals(label) || headers != null && headers.contains("ENCRYPTED");
    }

    /** The block as text, for readers of whole blocks. */
    String pem() {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return BEGIN + label + DASHES + "\n" + (headers == null ? "" : headers + "\n") + base64 + "\n" + END + label
                + DASHES + "\n";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PemBlock block
                && label.equals(block.label)
                && Arrays.equals(content, block.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** Without the content, which may be a key. */
    @Override
    public String toString() {
        return "PemBlock[" + label + "]";
    }
}
