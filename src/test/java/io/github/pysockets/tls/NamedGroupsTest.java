package io.github.pysockets.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.pysockets.tls.cert.OpenSslException;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NamedGroupsTest {
    @ParameterizedTest
    @CsvSource({"prime256v1, secp256r1", "secp384r1, secp384r1", "X25519, x25519", "X448, x448",
        "ffdhe2048, ffdhe2048"})
    void groupIsFoundByItsShortName(String openssl, String jsse) throws OpenSslException {
        assertEquals(jsse, NamedGroups.jsse(openssl));
    }

    /** Python accepts no other names, nor a list. Java's TLS does not have secp256k1. */
    @ParameterizedTest
    @ValueSource(
            strings = {"P-256", "secp256r1", "x25519", "Prime256v1", "prime256v1:secp384r1", "", "foo", "secp256k1"})
    void otherNamesAreRefused(String name) {
        OpenSslException refusal = assertThrows(OpenSslException.class, () -> NamedGroups.jsse(name));
        assertEquals("unknown elliptic curve name '" + name + "'", refusal.text());
    }

    @Test
    void javaHasTheGroups() throws NoSuchAlgorithmException, OpenSslException {
        List<String> groups =
                List.of(SSLContext.getDefault().getSupportedSSLParameters().getNamedGroups());
        for (String name : List.of("prime256v1", "secp384r1", "secp521r1", "X25519", "X448", "ffdhe8192")) {
            assertEquals(true, groups.contains(NamedGroups.jsse(name)), name);
        }
    }
}
