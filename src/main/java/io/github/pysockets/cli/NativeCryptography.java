package io.github.pysockets.cli;

import java.security.Security;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Has TLS use the Amazon Corretto Crypto Provider for what costs most in a handshake, and for AES: native code that is four to ten times
 * as fast as the JDK's. The JDK's own does it where the provider is not there, or not for this platform.
 *
 * <p>Said by security properties, so that the provider is loaded when TLS first needs it, and not before.
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

    /** To be called before anything asks for cryptography. The user's own preferences come first. */
    static void prefer() {
        String preferences = Security.getProperty(PREFERRED);
        if (preferences != null && !preferences.isBlank()) {
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
