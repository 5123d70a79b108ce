package io.github.pysockets.tls.cert;

import java.util.Arrays;

/** What follows a certificate under the label TRUSTED CERTIFICATE: x509(1), "Trust Settings". */
final class TrustSettings {
    private TrustSettings() {}

    /** Whether they do not limit what the certificate is trusted for. They may still give it a name. */
    static boolean areNone(byte[] content, int from) {
        if (from == content.length) {
            return true;
        }
        try {
            Der settings = Der.of(Arrays.copyOfRange(content, from, content.length));
            // What it is trusted for is a sequence, what it is rejected for has the tag 0.
            return settings.sequence().stream()
                    .noneMatch(setting -> setting.tag() == Der.SEQUENCE || setting.isContext(0));
        } catch (IllegalArgumentException broken) {
            return false;
        }
    }
}
