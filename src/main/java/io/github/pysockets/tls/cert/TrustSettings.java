package io.github.pysockets.tls.cert;

import java.util.Arrays;
import java.util.List;

/**
 * What follows a certificate under the label TRUSTED CERTIFICATE: x509(1), "Trust Settings".
 *
 * @param trusted the purposes that it is trusted for, by their OIDs; null for any, as far as it is trusted at all
 * @param rejected the purposes that it is not trusted for
 */
record TrustSettings(List<String> trusted, List<String> rejected) {
    /** Of a certificate under the usual label. */
    static final TrustSettings NONE = new TrustSettings(null, List.of());

    private static final String ANY = "2.5.29.37.0";

    /**
     * The settings in the bytes from {@code from} on.
     *
     * @throws IllegalArgumentException where there is something else
     */
    static TrustSettings of(byte[] content, int from) {
        if (from == content.length) {
            return NONE;
        }
        List<String> trusted = null;
        List<String> rejected = List.of();
        for (Der setting : Der.of(Arrays.copyOfRange(content, from, content.length)).sequence()) {
            if (setting.tag() == Der.SEQUENCE) {
                trusted = oids(setting);
            } else if (setting.isContext(0)) {
                rejected = oids(setting);
            }
        }
        return new TrustSettings(trusted, rejected);
    }

    private static List<String> oids(Der list) {
        return list.items().stream().map(Der::oid).toList();
    }

    /** Whether a certificate with these settings ends a chain even if it is no root: X509_check_trust(3). */
    boolean vouchFor(Purpose purpose) {
        return trusted != null && !reject(purpose);
    }

    /** Whether no chain with the certificate is accepted for the purpose. */
    boolean reject(Purpose purpose) {
        return has(rejected, purpose) || trusted != null && !has(trusted, purpose);
    }

    private static boolean has(List<String> oids, Purpose purpose) {
        String oid = purpose == Purpose.SERVER ? ChainRules.SERVER_AUTHENTICATION : ChainRules.CLIENT_AUTHENTICATION;
        return oids.contains(oid) || oids.contains(ANY);
    }
}
