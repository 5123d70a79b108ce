package io.github.pysockets.tls.cert;

import java.util.Map;

/** OpenSSL's numbers of the reasons for failures that happen outside a connection: ERR_GET_REASON(3). */
final class ReasonNumbers {
    /** ERR_R_PEM_LIB: what a failure to read a file of certificates has where there is no reason. */
    private static final int UNNAMED = 0x80009;

    /** SSL_ERROR_SSL, for a reason that is not in the table. */
    private static final int OTHER = 1;

    private static final Map<String, Integer> NUMBERS = Map.of(
            "NO_START_LINE", 108,
            "KEY_TYPE_MISMATCH", 115,
            "KEY_VALUES_MISMATCH", 116,
            "NO_CERTIFICATE_OR_CRL_FOUND", 136,
            "SSL3_EXT_INVALID_SERVERNAME", 319,
            "CA_KEY_TOO_SMALL", 397,
            "CA_MD_TOO_WEAK", 398,
            "EE_KEY_TOO_SMALL", 399);

    private ReasonNumbers() {}

    /** @param reason null for none */
    static int of(String reason) {
        return reason == null ? UNNAMED : NUMBERS.getOrDefault(reason, OTHER);
    }
}
