package io.github.pysockets.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.github.pysockets.tls.cert.OpenSslException;
import io.github.pysockets.tls.cert.TestCertificates;
import io.github.pysockets.tls.cert.TestCertificates.Made;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Engines of this JDK are made to fail; the failure must be that of OpenSSL 3.0 in the same situation. */
final class JsseErrorsTest {
    private static final String TLS_1_2 = "TLSv1.2";
    private static final String TLS_1_3 = "TLSv1.3";

    private static Made identity;

    @BeforeAll
    static void makeCertificate() {
        identity = TestCertificates.of("CN=localhost").dns("localhost").selfSigned();
    }

    private static SSLEngine client(Consumer<SSLParameters> settings) {
        return engine(null, settings);
    }

    private static SSLEngine server(Consumer<SSLParameters> settings) {
        return engine(identity, settings);
    }

    private static SSLEngine engine(Made who, Consumer<SSLParameters> settings) {
        SSLEngine engine = EnginePair.context(who, identity.certificate()).createSSLEngine();
        SSLParameters parameters = engine.getSSLParameters();
        settings.accept(parameters);
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static Consumer<SSLParameters> only(String version) {
        return parameters -> parameters.setProtocols(new String[] {version});
    }

    private static Consumer<SSLParameters> suites(String version, String suite) {
        return only(version).andThen(parameters -> parameters.setCipherSuites(new String[] {suite}));
    }

    private static void assertFailures(String ofClient, String ofServer, EnginePair pair) {
        assertEquals(ofServer, reason(pair.server.failure()), "the server's");
        assertEquals(ofClient, reason(pair.client.failure()), "the client's");
    }

    private static String reason(OpenSslException failure) {
        if (failure == null) {
            return null;
        }
        assertEquals("SSL", failure.library());
        assertEquals(OpenSslException.ssl(failure.reason()).text(), failure.text());
        return failure.reason();
    }

    private static UnaryOperator<byte[]> flippedFromEnd(int bytes) {
        return record -> {
            byte[] changed = record.clone();
            changed[changed.length - bytes] ^= 1;
            return changed;
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_1_2, TLS_1_3})
    void thereIsNoFailureWhereNothingFails(String version) {
        EnginePair pair = new EnginePair(client(only(version)), server(only(version)));
        assertFailures(null, null, pair.exchange());
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLSv1.3, TLS_AES_128_GCM_SHA256, TLS_AES_256_GCM_SHA384",
    })
    void noSharedCipher(String version, String ofClient, String ofServer) {
        EnginePair pair = new EnginePair(client(suites(version, ofClient)), server(suites(version, ofServer)));
        assertFailures("SSLV3_ALERT_HANDSHAKE_FAILURE", "NO_SHARED_CIPHER", pair.exchange());
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2, NO_SHARED_CIPHER", "TLSv1.3, NO_SUITABLE_SIGNATURE_ALGORITHM"})
    void serverWithoutCertificate(String version, String ofServer) {
        EnginePair pair = new EnginePair(client(only(version)), engine(null, only(version)));
        assertFailures("SSLV3_ALERT_HANDSHAKE_FAILURE", ofServer, pair.exchange());
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2, TLSv1.3", "TLSv1.3, TLSv1.2"})
    void noSharedVersion(String ofClient, String ofServer) {
        EnginePair pair = new EnginePair(client(only(ofClient)), server(only(ofServer)));
        assertFailures("TLSV1_ALERT_PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL", pair.exchange());
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2, SSLV3_ALERT_HANDSHAKE_FAILURE", "TLSv1.3, TLSV13_ALERT_CERTIFICATE_REQUIRED"})
    void clientWithoutCertificate(String version, String ofClient) {
        SSLEngine server = server(only(version).andThen(parameters -> parameters.setNeedClientAuth(true)));
        EnginePair pair = new EnginePair(client(only(version)), server);
        assertFailures(ofClient, "PEER_DID_NOT_RETURN_A_CERTIFICATE", pair.exchange());
    }

    @Test
    void noSharedGroup() {
        SSLEngine client =
                client(only(TLS_1_3).andThen(parameters -> parameters.setNamedGroups(new String[] {"secp384r1"})));
        SSLEngine server =
                server(only(TLS_1_3).andThen(parameters -> parameters.setNamedGroups(new String[] {"secp256r1"})));
        EnginePair pair = new EnginePair(client, server);
        assertEquals("NO_SUITABLE_KEY_SHARE", reason(pair.exchange().server.failure()));
    }

    /** The client's random number is changed, so the server signs another one. */
    @Test
    void changedHelloIsFoundByTheSignature() {
        EnginePair pair = new EnginePair(client(only(TLS_1_2)), server(only(TLS_1_2)));
        UnaryOperator<byte[]> changed = record -> {
            byte[] copy = record.clone();
            copy[20] ^= 1;
            return copy;
        };
        pair.exchange(changed, UnaryOperator.identity());
        assertEquals("BAD_SIGNATURE", reason(pair.client.failure()));
    }

    @Test
    void changedFlightOfServerIsABadRecord() {
        EnginePair pair = new EnginePair(client(only(TLS_1_3)), server(only(TLS_1_3)));
        pair.exchange(UnaryOperator.identity(), flippedFromEnd(1));
        assertEquals("DECRYPTION_FAILED_OR_BAD_RECORD_MAC", reason(pair.client.failure()));
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2, 1", "TLSv1.2, 20", "TLSv1.3, 1", "TLSv1.3, 17"})
    void changedRecordIsABadRecord(String version, int fromEnd) throws SSLException {
        EnginePair pair = new EnginePair(client(only(version)), server(only(version))).exchange();
        pair.server.receive(flippedFromEnd(fromEnd).apply(pair.client.seal("some text")));
        assertFailures("SSLV3_ALERT_BAD_RECORD_MAC", "DECRYPTION_FAILED_OR_BAD_RECORD_MAC", pair.exchange());
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, 1703030003616263, DECRYPTION_FAILED_OR_BAD_RECORD_MAC",
        "TLSv1.3, 1703030003616263, DECRYPTION_FAILED_OR_BAD_RECORD_MAC",
        "TLSv1.3, 15030300020228, BAD_RECORD_TYPE",
        "TLSv1.3, 140303000101, BAD_RECORD_TYPE",
    })
    void plainRecordAmongEncryptedOnesIsRefused(String version, String record, String reason) {
        EnginePair pair = new EnginePair(client(only(version)), server(only(version))).exchange();
        pair.server.receive(HexFormat.of().parseHex(record));
        assertEquals(reason, reason(pair.exchange().server.failure()));
    }

    @ParameterizedTest
    @CsvSource({
        "474554202f20485454502f312e30, WRONG_VERSION_NUMBER",
        "15030300020228, SSLV3_ALERT_HANDSHAKE_FAILURE",
        "15030300020230, TLSV1_ALERT_UNKNOWN_CA",
        "150303000102, INVALID_ALERT",
        "16030300044d000000, UNEXPECTED_MESSAGE",
        "16030300040b000000, UNEXPECTED_MESSAGE",
        "160303000401000000, UNEXPECTED_MESSAGE",
        "1603030006020000020303, LENGTH_MISMATCH",
        "160303000402ffffff, EXCESSIVE_MESSAGE_SIZE",
        "160303ffff, PACKET_LENGTH_TOO_LONG",
    })
    void clientIsAnsweredByOtherThanAServer(String answer, String reason) {
        EnginePair.Side client = new EnginePair(client(only(TLS_1_2)), server(only(TLS_1_2))).client;
        client.act();
        client.receive(HexFormat.of().parseHex(answer));
        client.act();
        assertEquals(reason, reason(client.failure()));
    }

    @Test
    void alertWithoutAMeaningHasNoReason() {
        EnginePair.Side client = new EnginePair(client(only(TLS_1_2)), server(only(TLS_1_2))).client;
        client.act();
        client.receive(HexFormat.of().parseHex("150303000202ff"));
        client.act();
        assertNull(client.failure().reason());
        assertEquals("unknown error", client.failure().text());
    }

    @ParameterizedTest
    @CsvSource({
        "'(handshake_failure) something new', true, NO_SHARED_CIPHER",
        "'(handshake_failure) something new', false, SSL_HANDSHAKE_FAILURE",
        "'(protocol_version) something new', true, UNSUPPORTED_PROTOCOL",
        "'(decode_error) something new', true, LENGTH_MISMATCH",
        "'(illegal_parameter) Invalid some_name extension', true, BAD_EXTENSION",
        "'(certificate_unknown) something new', false, CERTIFICATE_VERIFY_FAILED",
    })
    void unknownSentenceGivesTheReasonOfItsAlert(String message, boolean server, String reason) {
        assertEquals(reason, reason(JsseErrors.of(new SSLHandshakeException(message), server)));
    }

    @Test
    void failureOfTheEngineItselfIsAnInternalError() {
        OpenSslException failure = JsseErrors.of(new SSLException("(internal_error) some secret"), true);
        assertEquals("SSL", failure.library());
        assertNull(failure.reason());
        assertEquals("internal error", failure.text());
    }

    @Test
    void unknownMessageIsTheText() {
        OpenSslException failure = JsseErrors.of(new SSLException("something else"), true);
        assertNull(failure.reason());
        assertEquals("something else", failure.text());
        assertEquals("", JsseErrors.of(new SSLException((String) null), true).text());
    }
}
