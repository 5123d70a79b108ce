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

/** Engines of this JDK are made to fail; Python must be told what OpenSSL 3.0 tells in the same situation. */
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

    private static void assertTold(String ofClient, String ofServer, EnginePair pair) {
        assertEquals(ofServer, reason(pair.server.told()), "the server's");
        assertEquals(ofClient, reason(pair.client.told()), "the client's");
    }

    private static String reason(OpenSslException told) {
        if (told == null) {
            return null;
        }
        assertEquals("SSL", told.library());
        assertEquals(OpenSslException.ssl(told.reason()).text(), told.text());
        return told.reason();
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
    void nothingIsToldWhereNothingFails(String version) {
        EnginePair pair = new EnginePair(client(only(version)), server(only(version)));
        assertTold(null, null, pair.talk());
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLSv1.3, TLS_AES_128_GCM_SHA256, TLS_AES_256_GCM_SHA384",
    })
    void noSharedCipher(String version, String ofClient, String ofServer) {
        EnginePair pair = new EnginePair(client(suites(version, ofClient)), server(suites(version, ofServer)));
        assertTold("SSLV3_ALERT_HANDSHAKE_FAILURE", "NO_SHARED_CIPHER", pair.talk());
    }

    @ParameterizedTest
    @ValueSource(strings = {TLS_1_2, TLS_1_3})
    void serverWithoutCertificate(String version) {
        EnginePair pair = new EnginePair(client(only(version)), engine(null, only(version)));
        assertTold("SSLV3_ALERT_HANDSHAKE_FAILURE", "NO_SHARED_CIPHER", pair.talk());
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2, TLSv1.3", "TLSv1.3, TLSv1.2"})
    void noSharedVersion(String ofClient, String ofServer) {
        EnginePair pair = new EnginePair(client(only(ofClient)), server(only(ofServer)));
        assertTold("TLSV1_ALERT_PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL", pair.talk());
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2, SSLV3_ALERT_HANDSHAKE_FAILURE", "TLSv1.3, TLSV13_ALERT_CERTIFICATE_REQUIRED"})
    void clientWithoutCertificate(String version, String ofClient) {
        SSLEngine server = server(only(version).andThen(parameters -> parameters.setNeedClientAuth(true)));
        EnginePair pair = new EnginePair(client(only(version)), server);
        assertTold(ofClient, "PEER_DID_NOT_RETURN_A_CERTIFICATE", pair.talk());
    }

    @Test
    void noSharedGroup() {
        SSLEngine client =
                client(only(TLS_1_3).andThen(parameters -> parameters.setNamedGroups(new String[] {"secp384r1"})));
        SSLEngine server =
                server(only(TLS_1_3).andThen(parameters -> parameters.setNamedGroups(new String[] {"secp256r1"})));
        EnginePair pair = new EnginePair(client, server);
        assertEquals("NO_SUITABLE_KEY_SHARE", reason(pair.talk().server.told()));
    }

    /** The random number of the client: the server signs another one. */
    @Test
    void changedHelloIsFoundOutByTheSignature() {
        EnginePair pair = new EnginePair(client(only(TLS_1_2)), server(only(TLS_1_2)));
        UnaryOperator<byte[]> changed = record -> {
            byte[] copy = record.clone();
            copy[20] ^= 1;
            return copy;
        };
        pair.talk(changed, UnaryOperator.identity());
        assertEquals("BAD_SIGNATURE", reason(pair.client.told()));
    }

    @Test
    void changedFlightOfServerIsABadRecord() {
        EnginePair pair = new EnginePair(client(only(TLS_1_3)), server(only(TLS_1_3)));
        pair.talk(UnaryOperator.identity(), flippedFromEnd(1));
        assertEquals("DECRYPTION_FAILED_OR_BAD_RECORD_MAC", reason(pair.client.told()));
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2, 1", "TLSv1.2, 20", "TLSv1.3, 1", "TLSv1.3, 17"})
    void changedRecordIsABadRecord(String version, int fromEnd) throws SSLException {
        EnginePair pair = new EnginePair(client(only(version)), server(only(version))).talk();
        pair.server.hear(flippedFromEnd(fromEnd).apply(pair.client.seal("some text")));
        assertTold("SSLV3_ALERT_BAD_RECORD_MAC", "DECRYPTION_FAILED_OR_BAD_RECORD_MAC", pair.talk());
    }

    @ParameterizedTest
    @CsvSource({
        "TLSv1.2, 1703030003616263, DECRYPTION_FAILED_OR_BAD_RECORD_MAC",
        "TLSv1.3, 1703030003616263, DECRYPTION_FAILED_OR_BAD_RECORD_MAC",
        "TLSv1.3, 15030300020228, BAD_RECORD_TYPE",
        "TLSv1.3, 140303000101, BAD_RECORD_TYPE",
    })
    void plainRecordAmongSealedOnesIsRefused(String version, String record, String reason) {
        EnginePair pair = new EnginePair(client(only(version)), server(only(version))).talk();
        pair.server.hear(HexFormat.of().parseHex(record));
        assertEquals(reason, reason(pair.talk().server.told()));
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
        client.hear(HexFormat.of().parseHex(answer));
        client.act();
        assertEquals(reason, reason(client.told()));
    }

    @Test
    void alertWithoutAMeaningHasNoReason() {
        EnginePair.Side client = new EnginePair(client(only(TLS_1_2)), server(only(TLS_1_2))).client;
        client.act();
        client.hear(HexFormat.of().parseHex("150303000202ff"));
        client.act();
        assertNull(client.told().reason());
        assertEquals("unknown error", client.told().text());
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
    void unknownSentenceIsToldByItsAlert(String message, boolean server, String reason) {
        assertEquals(reason, reason(JsseErrors.of(new SSLHandshakeException(message), server)));
    }

    @Test
    void failureOfTheEngineItselfIsAnInternalError() {
        OpenSslException told = JsseErrors.of(new SSLException("(internal_error) some secret"), true);
        assertEquals("SSL", told.library());
        assertNull(told.reason());
        assertEquals("internal error", told.text());
    }

    @Test
    void messageWithNothingKnownIsHandedOn() {
        OpenSslException told = JsseErrors.of(new SSLException("something else"), true);
        assertNull(told.reason());
        assertEquals("something else", told.text());
        assertEquals("", JsseErrors.of(new SSLException((String) null), true).text());
    }
}
