package io.github.pysockets.tls;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * The cipher suites that this Java supports, in OpenSSL's order of preference: those of TLS 1.3 first.
 *
 * <p>
 * The table has all suites of Java's provider that authenticate and encrypt. Those that the security property
 * {@code jdk.tls.disabledAlgorithms} disables are left out.
 */
final class CipherSuites {
    private static final List<CipherSuite> ALL = supported();
    private static final Map<String, CipherSuite> BY_JSSE = new HashMap<>();
    private static final Map<Integer, CipherSuite> BY_ID = new HashMap<>();

    static {
        for (CipherSuite suite : ALL) {
            BY_JSSE.put(suite.jsse(), suite);
            BY_ID.put(suite.id() & 0xFFFF, suite);
        }
    }

    private CipherSuites() {}

    /** Every suite that connections of this Java can use. */
    static List<CipherSuite> all() {
        return ALL;
    }

    /** The suite of a standard name; null where there is none. */
    static CipherSuite byJsse(String name) {
        return BY_JSSE.get(name);
    }

    /**
     * The suite of a number, with or without OpenSSL's 0x0300 in front; null where there is none.
     *
     * @param id as in a handshake
     */
    static CipherSuite byId(int id) {
        return BY_ID.get(id & 0xFFFF);
    }

    private static List<CipherSuite> supported() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            // With no trust manager: the default one would read the JDK's certificates from a file.
            context.init(new KeyManager[0], new TrustManager[0], null);
            Set<String> able = Set.of(context.getSupportedSSLParameters().getCipherSuites());
            return table().stream().filter(suite -> able.contains(suite.jsse())).toList();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no TLS", e);
        }
    }

    /** Every suite of the table, enabled or not. */
    static List<CipherSuite> table() {
        try (InputStream in = CipherSuites.class.getResourceAsStream("cipher_suites.tsv");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            return lines.lines().skip(1).map(CipherSuites::suite).collect(Collectors.toUnmodifiableList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CipherSuite suite(String line) {
        String[] column = line.split("\t");
        String digest = column[7].equals("-") ? null : column[7];
        return new CipherSuite(
                Integer.parseInt(column[0], 16),
                column[1],
                column[2],
                column[3],
                Integer.parseInt(column[4]),
                Integer.parseInt(column[5]),
                column[10],
                digest == null,
                column[6],
                digest,
                column[8],
                column[9]);
    }
}
