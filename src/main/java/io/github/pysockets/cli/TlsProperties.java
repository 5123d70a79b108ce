package io.github.pysockets.cli;

import java.security.Security;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets the JDK's TLS do what OpenSSL does where only properties of the whole process decide it. They are read when TLS
 * is first used, so they cost nothing at the start.
 *
 * <p>Nothing becomes weaker by them for a script that does not ask for it: which ciphers, keys and signatures a
 * connection accepts is decided by its context's ciphers and security level.
 */
final class TlsProperties {
    /** What OpenSSL takes of certificates: SSL_CTX_set_max_cert_list(3). */
    private static final String MOST_BYTES = Integer.toString(100 * 1024);

    /** More than fit into as many bytes: OpenSSL counts bytes, not certificates. */
    private static final String MOST_CERTIFICATES = "1000";

    private static final Map<String, String> PROPERTIES = Map.of(
            "jdk.tls.maxHandshakeMessageSize", MOST_BYTES,
            "jdk.tls.client.maxInboundCertificateChainLength", MOST_CERTIFICATES,
            "jdk.tls.server.maxInboundCertificateChainLength", MOST_CERTIFICATES,
            // A server would refuse names that are not those of hosts, such as my_service. We read the name ourselves.
            "jdk.tls.server.disableExtensions", "server_name");

    private static final String DISABLED = "jdk.tls.disabledAlgorithms";

    /** What OpenSSL has too: the exchange of keys by RSA, for who names it, and SHA-1 at security level 0. */
    private static final List<String> ENABLED = List.of(
            "TLS_RSA_*", "rsa_pkcs1_sha1 usage HandshakeSignature", "ecdsa_sha1 usage HandshakeSignature");

    private TlsProperties() {}

    /** To be called before any use of TLS. What the user has set stays as it is. */
    static void set() {
        PROPERTIES.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
        String disabled = Security.getProperty(DISABLED);
        if (disabled != null) {
            Security.setProperty(
                    DISABLED,
                    Stream.of(disabled.split(","))
                            .map(String::strip)
                            .filter(entry -> !ENABLED.contains(entry))
                            .collect(Collectors.joining(", ")));
        }
    }
}
