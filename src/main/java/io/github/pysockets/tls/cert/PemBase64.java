package io.github.pysockets.tls.cert;

import java.util.Base64;

/** Base64 as OpenSSL reads it in PEM: EVP_DecodeUpdate(3). */
final class PemBase64 {
    /** A dash ends the digits. */
    private static final char STOP = '-';

    private PemBase64() {}

    /**
     * The bytes.
     *
     * @throws OpenSslException where it is not Base64; where there is nothing, one without a reason
     */
    static byte[] decode(String lines) throws OpenSslException {
        int stop = lines.indexOf(STOP);
        String digits = (stop < 0 ? lines : lines.substring(0, stop)).replaceAll("[ \\t\\r\\n]+", "");
        try {
            if (digits.isEmpty()) {
                throw OpenSslException.of(null, null, "unknown error");
            }
            if (digits.length() % 4 == 0) {
                return Base64.getDecoder().decode(digits);
            }
        } catch (IllegalArgumentException notBase64) {
            // Fails below, as digits that are too few do.
        }
        throw OpenSslException.of("PEM", "BAD_BASE64_DECODE", "bad base64 decode");
    }
}
