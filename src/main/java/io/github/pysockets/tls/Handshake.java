package io.github.pysockets.tls;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.net.ssl.SSLException;

/** The handshake of one connection: makes the engine, then lets it talk with the peer until both have agreed. */
final class Handshake {
    private static final ThreadLocal<Handshake> CURRENT = new ThreadLocal<>();

    private final TlsConnection connection;
    private final Records records;
    private final Settings settings;
    private final boolean server;
    private final String serverName;
    private final int key;

    private ClientHelloReader hello;
    private PeerVerification judgement;
    private List<CipherSuite> clientCiphers = List.of();

    /**
     * @param settings the context's when the connection was made
     * @param serverName what a client calls its server; null for nothing
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

    /** Null before the engine is made. */
    PeerVerification judgement() {
        return judgement;
    }

    /** Goes on. Gives 0 once it is done, or one of {@link TlsCodes}, or a negated errno. */
    int go() throws SSLException, TlsException {
        Handshake outer = CURRENT.get();
        CURRENT.set(this);
        try {
            int begun = records.engine() == null ? begin() : 0;
            return begun == 0 ? talk() : begun;
        } finally {
            CURRENT.set(outer);
        }
    }

    /** Hears and answers what is said about the connection once it is open: a change of keys, a ticket. */
    void answer() throws SSLException {
        Handshake outer = CURRENT.get();
        CURRENT.set(this);
        try {
            records.answer();
        } finally {
            CURRENT.set(outer);
        }
    }

    private int begin() throws TlsException, SSLException {
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
        TlsException version = parsed.versionProblem(settings.lowest(), settings.highest());
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

    /** @param context the one that is meant by now: a listener may have changed it */
    private void start(TlsContext context) throws TlsException, SSLException {
        Settings rules = server ? settings.choosingLike(context.settings()) : settings;
        judgement = new PeerVerification(context.trust(), rules, serverName);
        if (server) {
            records.start(Engines.server(context, rules));
        } else {
            context.statistics().connects.incrementAndGet();
            records.start(Engines.client(context, rules, serverName, key));
        }
    }

    private void askForName(String name) throws TlsException {
        ServerNameListener listener = context().serverNameListener();
        int answer = listener == null ? ServerNameListener.GO_ON : listener.named(connection, name);
        if (answer != ServerNameListener.GO_ON) {
            records.outbound().add(Alerts.fatal(answer));
            throw TlsException.ssl("CALLBACK_FAILED", "callback failed");
        }
    }

    private int talk() throws SSLException, TlsException {
        for (;;) {
            records.answer();
            int result = records.outbound().flush();
            if (result != 0) {
                return result;
            }
            switch (records.engine().getHandshakeStatus()) {
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
                default -> throw new IllegalStateException("an engine that wants to speak was not heard out");
            }
        }
    }

    /** What a failure that came out of JSSE means. */
    TlsException meaning(SSLException refused) {
        TlsException objection = judgement == null ? null : judgement.objection();
        if (objection == null) {
            objection = HostTrustErrors.of(refused, serverName);
        }
        return objection != null ? objection : JsseErrors.of(refused, server);
    }

    /** The ciphers of a server that its client has too. */
    List<CipherSuite> sharedCiphers() {
        return context().ciphers().stream().filter(clientCiphers::contains).toList();
    }
}
