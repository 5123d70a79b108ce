package io.github.pysockets.tls.cert;

import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;

/** Whether a certificate is for a host: X509_check_host(3), X509_check_ip(3), RFC 6125. */
final class HostNames {
    /** X509_CHECK_FLAG_ALWAYS_CHECK_SUBJECT: the common name counts even where there are alternative names. */
    private static final int ALWAYS_CHECK_SUBJECT = 0x1;
    /** X509_CHECK_FLAG_NEVER_CHECK_SUBJECT: the common name never counts. */
    private static final int NEVER_CHECK_SUBJECT = 0x20;

    private HostNames() {}

    /**
     * Looks for a host in a certificate.
     *
     * @param host a name in ASCII, or an address
     * @param hostFlags OpenSSL's X509_CHECK_FLAG numbers
     * @return {@link VerifyErrors#OK}, {@link VerifyErrors#HOSTNAME_MISMATCH} or
     *         {@link VerifyErrors#IP_ADDRESS_MISMATCH}
     */
    static int check(X509Certificate leaf, String host, int hostFlags) {
        byte[] address = AddressText.parse(host);
        if (address != null) {
            return isForAddress(leaf, address) ? VerifyErrors.OK : VerifyErrors.IP_ADDRESS_MISMATCH;
        }
        return isForName(leaf, host, hostFlags) ? VerifyErrors.OK : VerifyErrors.HOSTNAME_MISMATCH;
    }

    private static boolean isForAddress(X509Certificate leaf, byte[] address) {
        for (Der name : alternatives(leaf)) {
            if (name.isContext(AlternativeName.IP) && Arrays.equals(name.content(), address)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isForName(X509Certificate leaf, String host, int flags) {
        boolean named = false;
        for (Der name : alternatives(leaf)) {
            if (name.isContext(AlternativeName.DNS)) {
                named = true;
                if (matches(name.content(), host, flags)) {
                    return true;
                }
            }
        }
        boolean subjectCounts = !named || (flags & ALWAYS_CHECK_SUBJECT) != 0;
        return subjectCounts && (flags & NEVER_CHECK_SUBJECT) == 0 && isCalled(leaf, host, flags);
    }

    /** Whether the name is one of the subject's common names. */
    private static boolean isCalled(X509Certificate leaf, String host, int flags) {
        return Attribute.commonNames(leaf.getSubjectX500Principal()).stream()
                .anyMatch(name -> matches(name.getBytes(StandardCharsets.UTF_8), host, flags));
    }

    private static boolean matches(byte[] pattern, String host, int flags) {
        return HostPattern.matches(new String(pattern, StandardCharsets.ISO_8859_1), host, flags);
    }

    private static List<Der> alternatives(X509Certificate leaf) {
        byte[] extension = leaf.getExtensionValue(ExtensionOids.SUBJECT_ALTERNATIVE_NAME);
        if (extension == null) {
            return List.of();
        }
        try {
            return Der.of(Der.of(extension).octetString()).sequence();
        } catch (IllegalArgumentException broken) {
            return List.of();
        }
    }
}
