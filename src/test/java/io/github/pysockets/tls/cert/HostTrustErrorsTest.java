package io.github.pysockets.tls.cert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.security.cert.CRLReason;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateRevokedException;
import java.security.cert.PKIXReason;
import java.util.Date;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What trust managers throw, and the numbers that Python gets. HostTrustTest has what the JDK's own really throws. */
final class HostTrustErrorsTest {
    private static SSLException refusal(Exception objection) {
        SSLHandshakeException refused = new SSLHandshakeException(objection.getMessage());
        refused.initCause(objection);
        return refused;
    }

    private static CertificateException because(Exception cause) {
        return new CertificateException("PKIX", cause);
    }

    static Stream<Arguments> objections() {
        return Stream.of(
                Arguments.of(new CertificateExpiredException(), 10),
                Arguments.of(new CertificateNotYetValidException(), 9),
                Arguments.of(
                        new CertificateRevokedException(
                                new Date(), CRLReason.KEY_COMPROMISE, new X500Principal("CN=CA"), Map.of()),
                        23),
                Arguments.of(because(new CertPathBuilderException("no path")), 20),
                Arguments.of(new CertificateException((String) null), 28));
    }

    @ParameterizedTest
    @MethodSource
    void objections(CertificateException objection, int code) {
        assertEquals(code, HostTrustErrors.of(refusal(objection), "localhost").verifyCode());
    }

    static Stream<Arguments> reasons() {
        return Stream.of(
                Arguments.of(BasicReason.EXPIRED, 10),
                Arguments.of(BasicReason.NOT_YET_VALID, 9),
                Arguments.of(BasicReason.REVOKED, 23),
                Arguments.of(BasicReason.UNDETERMINED_REVOCATION_STATUS, 3),
                Arguments.of(BasicReason.INVALID_SIGNATURE, 7),
                Arguments.of(BasicReason.ALGORITHM_CONSTRAINED, 68),
                Arguments.of(PKIXReason.NOT_CA_CERT, 79),
                Arguments.of(PKIXReason.PATH_TOO_LONG, 25),
                Arguments.of(PKIXReason.INVALID_NAME, 47),
                Arguments.of(PKIXReason.NO_TRUST_ANCHOR, 20));
    }

    @ParameterizedTest
    @MethodSource
    void reasons(CertPathValidatorException.Reason reason, int code) {
        var objection = because(new CertPathValidatorException("invalid", null, null, -1, reason));
        assertEquals(code, HostTrustErrors.of(refusal(objection), "localhost").verifyCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "No name matching a.example found|a.example|62",
                "No subject alternative DNS name matching a.example found.|a.example|62",
                "No subject alternative names present|127.0.0.1|64",
                "Extended key usage does not permit use for TLS server authentication|a.example|26",
                "KeyUsage does not allow digital signatures|a.example|26",
                "No trusted certificate found|a.example|20",
                "not on a Sunday|a.example|28"
            })
    void texts(String text, String name, int code) {
        assertEquals(code, HostTrustErrors.of(refusal(new CertificateException(text)), name).verifyCode());
    }

    @Test
    void otherFailuresAreNotThoseOfACertificate() {
        assertNull(HostTrustErrors.of(refusal(new IllegalStateException("no database")), "localhost"));
    }
}
