package io.github.pysockets.tls;

import io.github.pysockets.tls.cert.OpenSslException;
import java.util.Map;

/** The groups for the key exchange that Java has, by the short name that Python's set_ecdh_curve takes. */
final class NamedGroups {
    private static final Map<String, String> JSSE = Map.of(
            "prime256v1", "secp256r1",
            "secp384r1", "secp384r1",
            "secp521r1", "secp521r1",
            "X25519", "x25519",
            "X448", "x448",
            "ffdhe2048", "ffdhe2048",
            "ffdhe3072", "ffdhe3072",
            "ffdhe4096", "ffdhe4096",
            "ffdhe6144", "ffdhe6144",
            "ffdhe8192", "ffdhe8192");

    private NamedGroups() {}

    /**
     * Java's name of a group, which is that of RFC 8446, section 4.2.7.
     *
     * @param opensslName prime256v1
     * @throws OpenSslException where Java has no such group
     */
    static String jsse(String opensslName) throws OpenSslException {
        String name = JSSE.get(opensslName);
        if (name == null) {
            throw OpenSslException.of(null, null, "unknown elliptic curve name '" + opensslName + "'");
        }
        return name;
    }
}
