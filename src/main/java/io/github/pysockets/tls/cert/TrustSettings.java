package io.github.pysockets.tls.cert;

import java.util.Arrays;

/** What OpenSSL writes behind a certificate under the label TRUSTED CERTIFICATE: x509(1), "Trust Settings". */
final class TrustSettings {
    private TrustSettings() {}

    /** Whether nothing there says what the certificate is trusted for, or not: a name for it at most. */
    static boolean areNone(byte[] content, int from) {
        if (from == content.length) {
            return true;
        }
        try {
            Der settings = Der.of(Arrays.copyOfRange(content, from, content.length));
            // What it is trusted for is a sequence, and what it is not is tagged with 0.
            return settings.sequence().stream()
                    .noneMatch(setting -> setting.tag() == Der.SEQUENCE || setting.isContext(0));
        } catch (IllegalArgumentException broken) {
            return false;
        }
    }
}
