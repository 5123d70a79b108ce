package io.github.pysockets.cli;

import java.security.Security;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Has TLS use the Amazon Corretto Crypto Provider for the costly steps of a handshake, and for AES: native code that
 * is four to ten times as fast as the JDK's. Where the provider is missing, is not for this platform, or may call no
 * native code, the JDK's own providers do the work.
 *
 * <p>It is set by security properties, so that the provider is loaded when TLS first needs it, and not before.
 */
final class NativeCryptography {
    private static final String PROVIDER = "AmazonCorrettoCryptoProvider";
    private static final String PREFERRED = "jdk.security.provider.preferred";

    private static final List<String> SERVICES = List.of(
            "Cipher.AES/GCM/NoPadding",
            "KeyAgreement.ECDH",
            "KeyFactory.EC",
            "KeyFactory.RSA",
            "KeyPairGenerator.EC",
            "Signature.RSASSA-PSS",
            "Signature.SHA256withECDSA",
            "Signature.SHA256withRSA",
            "Signature.SHA384withECDSA",
            "Signature.SHA384withRSA",
            "Signature.SHA512withECDSA",
            "Signature.SHA512withRSA");

    private NativeCryptography() {}

    /** To be called before any use of cryptography. Preferences of the user's own stay as they are. */
    static void prefer() {
        String preferences = Security.getProperty(PREFERRED);
        if (!HostSystem.here().hasLinuxCalls() || preferences != null && !preferences.isBlank()) {
            return;
        }
        int last = 1;
        while (Security.getProperty("security.provider." + last) != null) {
            last++;
        }
        Security.setProperty("security.provider." + last, PROVIDER);
        Security.setProperty(
                PREFERRED,
                SERVICES.stream().map(service -> service + ":" + PROVIDER).collect(Collectors.joining(", ")));
    }
}
