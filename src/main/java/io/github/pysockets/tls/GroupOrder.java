package io.github.pysockets.tls;

import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import javax.crypto.KeyAgreement;

/**
 * Which group a key exchange begins with. Among the JDK's own, X25519 is the fastest by far. A provider of native code
 * that has P-256 is ten times faster still.
 */
final class GroupOrder {
    private static final String P_256 = "secp256r1";
    private static final boolean NATIVE_CURVES =
            !provider("ECDH").equals("SunEC") && provider("X25519").equals("SunEC");

    private GroupOrder() {}

    private static String provider(String agreement) {
        try {
            return KeyAgreement.getInstance(agreement).getProvider().getName();
        } catch (NoSuchAlgorithmException none) {
            return "";
        }
    }

    /** The same groups, the preferred one first; null for null. */
    static String[] of(String[] groups) {
        if (groups == null || !NATIVE_CURVES) {
            return groups;
        }
        String[] ordered = groups.clone();
        Arrays.sort(ordered, Comparator.comparing(group -> !group.equals(P_256)));
        return ordered;
    }
}
