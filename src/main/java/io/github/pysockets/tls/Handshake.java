package io.github.pysockets.tls;

import io.github.pysockets.tls.cert.HostTrustErrors;
import io.github.pysockets.tls.cert.OpenSslException;
import io.github.pysockets.tls.cert.PeerVerification;
import io.github.pysockets.tls.cert.Purpose;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** The handshake of one connection: makes the engine, then lets it exchange records with the peer until both agree. */
final class Handshake {
    private static final ThreadLocal<Handshake> CURRENT = new ThreadLocal<>();

    private final TlsConnection connection;
    private final Records records;
    private final Settings settings;
    private final boolean server;
    private final String serverName;
    private final int key;

    private ClientHelloReader hello;
    /** Null where no certificate is verified, and before the engine is made. */
    private PeerVerification verification;
    /** Whether the engine has made the alert that tells the peer why it is refused. */
    private boolean alertMade;
    private List<CipherSuite> clientCiphers = List.of();

    /**
     * @param settings the context's when the connection was made
     * @param serverName the server's name as the client knows it; null for none
     * @param key under which JSSE keeps a client's session; 0 on a server
     */
    Handshake(
            TlsConnection connection, Records records, Settings settings, boolean server, String serverName, int key) {
        this.connection = connection;
        this.records = records;
        this.settings = settings;
        this.server = server;
        this.serverName = serverName;
        this.key = key;
    }

    // For JSSE's callbacks

    /** The handshake that goes on in the calling thread. */
    static Handshake current() {
        return CURRENT.get();
    }

    TlsContext context() {
        return connection.context();
    }

    /**
     * Verifies the peer's certificate, where the settings ask for it.
     *
     * @param presented the peer's certificates: its own first
     * @param engine tells the peer why it is refused
     */
    void verifyPeer(List<X509Certificate> presented, SSLEngine engine) throws CertificateException {
        if (verification == null) {
            return;
        }
        try {
            verification.verify(presented);
        } catch (CertificateException refused) {
            alertMade = EngineAlerts.fatal(engine, verification.alert(), refused.getMessage());
            throw refused;
        }
    }

    /** Sends the peer an alert after a failure of the handshake, or of the connection that it has opened. */
    void sendAlert(OpenSslException failure) {
        int refusal = records.isSettled() ? Alerts.NONE : Alerts.refusal(failure, server);
        if (refusal != Alerts.NONE) {
            records.sendFirstAlert(refusal);
        } else if (verification == null || verification.failure() != failure || alertMade) {
            records.sendAlert(failure);
        } else {
            records.sendAlert(verification.alert(), !server && !verification.isAlertOfClients());
        }
    }

    /** Goes on with the handshake. Gives 0 once it is done, or one of {@link TlsCodes}, or a negated errno. */
    int proceed() throws SSLException, OpenSslException {
        Handshake outer = CURRENT.get();
        CURRENT.set(this);
        try {
            int begun = records.engine() == null ? begin() : 0;
            return begun == 0 ? exchange() : begun;
        } finally {
            CURRENT.set(outer);
        }
    }

    /** Answers what the peer says about the connection once it is open: a change of keys, a ticket. */
    void answer() throws SSLException {
        Handshake outer = CURRENT.get();
        CURRENT.set(this);
        try {
            records.answer();
        } finally {
            CURRENT.set(outer);
        }
    }

    private int begin() throws OpenSslException, SSLException {
        if (!server) {
            start(context());
            return 0;
        }
        if (hello == null) {
            hello = new ClientHelloReader(records.inbound());
            context().statistics().accepts.incrementAndGet();
        }
        int result = hello.complete();
        if (result != Inbound.COMPLETE) {
            return result == Inbound.ENDED ? TlsCodes.UNEXPECTED_EOF : result;
        }
        ClientHello parsed = hello.parsed();
        hello = null;
        Settings able = canDoTls13() ? settings : settings.withoutTls13();
        OpenSslException version = parsed.versionProblem(able.lowest(), able.highest());
        if (version != null) {
            throw version;
        }
        records.inbound().prove();
        clientCiphers = IntStream.of(parsed.cipherSuites())
                .mapToObj(CipherSuites::byId)
                .filter(Objects::nonNull)
                .toList();
        askForName(parsed.serverName());
        start(context());
        return 0;
    }

    /** @param context the current one: a listener may have changed it */
    private void start(TlsContext context) throws OpenSslException, SSLException {
        Settings current = server ? settings.withLateSettingsOf(context.settings()) : settings;
        if (server && !canDoTls13()) {
            current = current.withoutTls13();
        }
        if (current.verifyMode() != TlsContext.VERIFY_NONE) {
            verification = new PeerVerification(context.trust(), current.verifyParameters(peer(), serverName));
        }
        if (server) {
            records.start(Engines.server(context, current));
        } else {
            context.statistics().connects.incrementAndGet();
            requireOffer(context, current);
            if (!current.legacyServers()) {
                records.refuseLegacyServers();
            }
            records.start(Engines.client(context, current, serverName, key));
        }
    }

    /** Without a certificate no server can do it; a listener may have one. */
    private boolean canDoTls13() {
        TlsContext context = context();
        return !context.identities().isEmpty()
                || context.serverNameListener() != null
                || context.hostTrust(true, settings) != null;
    }

    /** Fails where a client has nothing to offer. */
    private void requireOffer(TlsContext context, Settings current) throws OpenSslException {
        if (context.hostTrust(false, current) != null || current.versionNames().isEmpty()) {
            return;
        }
        boolean group = current.group() == null || LevelConstraints.isEnough(current.group(), current.securityLevel());
        if (!current.hasSuite() || current.allowsTls13() && !group) {
            throw OpenSslException.ssl(current.hasSuite() ? "NO_SUITABLE_GROUPS" : "NO_CIPHERS_AVAILABLE");
        }
    }

    private Purpose peer() {
        return server ? Purpose.CLIENT : Purpose.SERVER;
    }

    private void askForName(String name) throws OpenSslException {
        ServerNameListener listener = context().serverNameListener();
        int answer = listener == null ? ServerNameListener.GO_ON : listener.named(connection, name);
        if (answer != ServerNameListener.GO_ON) {
            if (Alerts.isSent(answer)) {
                records.outbound().add(Alerts.fatal(answer));
            }
            throw OpenSslException.ssl("CALLBACK_FAILED");
        }
    }

    /** Sends and receives until both sides have agreed. */
    private int exchange() throws SSLException, OpenSslException {
        for (;;) {
            records.answer();
            int result = records.outbound().flush();
            HandshakeStatus status = records.engine().getHandshakeStatus();
            if (result < 0 && !TlsCodes.isWant(result) && server && isDone(status) && records.isOfTls13()) {
                // Only tickets could not be sent. What a client has sent that is gone already can still be read.
                records.outbound().drop();
                return 0;
            }
            if (result < 0 && !TlsCodes.isWant(result) && !isDone(status)) {
                readReason();
            }
            if (result != 0) {
                return result;
            }
            switch (status) {
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    result = records.open(records.spare());
                    if (result != Inbound.COMPLETE) {
                        return result;
                    }
                    if (records.endedByPeer()) {
                        return TlsCodes.ZERO_RETURN;
                    }
                }
                case NOT_HANDSHAKING, FINISHED -> {
                    return 0;
                }
                default -> throw new IllegalStateException("the engine still has something to do");
            }
        }
    }

    /** The peer takes no more: fails for its reason, where it has sent one before. */
    private void readReason() throws SSLException, OpenSslException {
        do {
            records.outbound().drop();
            if (records.open(records.spare()) != Inbound.COMPLETE) {
                return;
            }
            records.answer();
        } while (!records.endedByPeer() && records.isHandshaking());
    }

    private static boolean isDone(HandshakeStatus status) {
        return status == HandshakeStatus.NOT_HANDSHAKING || status == HandshakeStatus.FINISHED;
    }

    /** A failure that JSSE threw, in OpenSSL's words. */
    OpenSslException translated(SSLException refused) {
        OpenSslException failure = verification == null ? null : verification.failure();
        if (failure == null) {
            failure = HostTrustErrors.of(refused, serverName);
        }
        return failure != null ? failure : JsseErrors.of(refused, server);
    }

    /** From the peer's certificate up to the trusted one; empty where none was verified. */
    List<X509Certificate> verifiedChain() {
        return verification == null ? List.of() : verification.chain();
    }

    /** The ciphers of a server that its client has too. */
    List<CipherSuite> sharedCiphers() {
        return context().ciphers().stream().filter(clientCiphers::contains).toList();
    }
}
