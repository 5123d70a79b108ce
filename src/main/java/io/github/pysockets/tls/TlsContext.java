package io.github.pysockets.tls;

import java.security.GeneralSecurityException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * What the connections made from it have in common: versions, ciphers, whom they trust, and who they are. What {@code ssl.SSLContext} is.
 *
 * <p>Settings hold for connections made after them. Keys and trust are looked up when hands are shaken; and so, by a server, are ciphers,
 * security level and ALPN, as a listener for names may give its connection another context. May be used from any thread.
 */
public final class TlsContext {
    /** No certificate is asked of a client, and any certificate of a server will do. */
    public static final int VERIFY_NONE = 0;
    /** A certificate is asked of a client; if there is one it has to be good. */
    public static final int VERIFY_OPTIONAL = 1;
    /** There has to be a good certificate. */
    public static final int VERIFY_REQUIRED = 2;

    /** Of the whole JVM, as an application's context may serve many of ours. */
    private static final AtomicInteger KEYS = new AtomicInteger();

    /** How many sessions a context keeps for its clients. */
    private static final int CLIENT_SESSIONS = 1024;

    /** Seconds for which a session may be used again: as with OpenSSL. */
    static final int SESSION_SECONDS = 7200;

    private final Roles roles;
    private final TrustStore trust = new TrustStore();
    private final List<Identity> identities = new CopyOnWriteArrayList<>();
    private final Statistics statistics = new Statistics();

    private volatile Settings settings = Settings.initial();
    private volatile ServerNameListener serverNameListener;
    private volatile SSLContext hostTrust;
    private SSLContext engines;

    public TlsContext(Roles roles) {
        this.roles = roles;
    }

    public Roles roles() {
        return roles;
    }

    // Settings

    /**
     * Sets which versions of the protocol may be used.
     *
     * @param lowest the version's number in records: 0x0303 for TLS 1.2, 0x0304 for 1.3
     * @param highest likewise; below {@code lowest} for none at all
     */
    public void setVersions(int lowest, int highest) {
        change(draft -> {
            draft.lowest = lowest;
            draft.highest = highest;
        });
    }

    /**
     * Sets how a peer's certificate is judged.
     *
     * @param mode {@link #VERIFY_NONE}, {@link #VERIFY_OPTIONAL} or {@link #VERIFY_REQUIRED}
     * @param flags OpenSSL's X509_V_FLAG numbers
     */
    public void setVerification(int mode, int flags) {
        change(draft -> {
            draft.verifyMode = mode;
            draft.verifyFlags = flags;
        });
    }

    /**
     * Sets whether a server's certificate has to be for the name that a client calls it.
     *
     * @param hostFlags OpenSSL's X509_CHECK_FLAG numbers
     */
    public void setHostChecking(boolean check, int hostFlags) {
        change(draft -> {
            draft.checkHost = check;
            draft.hostFlags = hostFlags;
        });
    }

    /** Sets the cipher suites, the most wanted first. Those of TLS 1.3 among them are always on. */
    public void setCiphers(List<CipherSuite> ciphers) {
        change(draft -> draft.ciphers = ciphers);
    }

    public List<CipherSuite> ciphers() {
        return settings.ciphers();
    }

    /**
     * Sets how strong keys and ciphers have to be: SSL_CTX_set_security_level(3).
     *
     * @param level 0 to 5
     */
    public void setSecurityLevel(int level) {
        change(draft -> draft.securityLevel = level);
    }

    /** Sets whether a server chooses the cipher that it wants most, and not the one that its client does. So it is at first. */
    public void setCipherServerPreference(boolean chooses) {
        change(draft -> draft.serverChooses = chooses);
    }

    /** Sets whether a server takes up earlier sessions. So it is at first. */
    public void setResumption(boolean resumption) {
        change(draft -> draft.resumption = resumption);
    }

    /** Sets the protocols offered by ALPN (RFC 7301), the most wanted first. Each char is a byte. */
    public void setApplicationProtocols(List<String> protocols) {
        change(draft -> draft.applicationProtocols = protocols);
    }

    /**
     * Sets the one group for the exchange of keys with ECDHE.
     *
     * @param name in OpenSSL's words: prime256v1
     * @throws TlsException where there is no such group
     */
    public void setGroup(String name) throws TlsException {
        String group = NamedGroups.jsse(name);
        change(draft -> draft.group = group);
    }

    private synchronized void change(Consumer<Settings.Draft> change) {
        settings = settings.changed(change);
    }

    /** Sets who is asked about the name that a client calls; null for nobody. */
    public void setServerNameListener(ServerNameListener listener) {
        serverNameListener = listener;
    }

    ServerNameListener serverNameListener() {
        return serverNameListener;
    }

    /** Adds a certificate with its key, in the place of one with the same type of key. */
    public void addIdentity(Identity identity) {
        String type = identity.key().getAlgorithm();
        synchronized (identities) {
            identities.removeIf(other -> other.key().getAlgorithm().equals(type));
            identities.add(identity);
        }
    }

    List<Identity> identities() {
        return identities;
    }

    /** Whose certificates are good. */
    public TrustStore trust() {
        return trust;
    }

    /**
     * Leaves trust and keys to a context of the application's, whose own rules then hold. Of ours, those count that narrow them: versions,
     * ciphers, and whether a name is looked at.
     */
    public void useHostTrust(SSLContext host) {
        hostTrust = host;
    }

    /**
     * The application's context, or null. It is not used by clients that verify nothing, nor by a context that has trust or keys of its own,
     * nor where revocation lists are wanted: they are not the application's, so there are none.
     *
     * @param rules the connection's
     */
    SSLContext hostTrust(boolean server, Settings rules) {
        boolean own = !identities.isEmpty() || !trust.isEmpty();
        boolean unverified = !server && rules.verifyMode() == VERIFY_NONE;
        boolean lists = (rules.verifyFlags() & VerifyFlags.CRL_CHECK) != 0;
        return own || unverified || lists ? null : hostTrust;
    }

    Settings settings() {
        return settings;
    }

    // Connections

    /**
     * A client's side of a new connection.
     *
     * @param serverName the name that the server is called, ASCII; null where it has none
     * @param session to be used again if the server still knows it; null for a new one
     */
    public TlsConnection client(Transport transport, String serverName, TlsSession session) {
        return new TlsConnection(this, transport, false, serverName, session);
    }

    /** A server's side of a new connection. */
    public TlsConnection server(Transport transport) {
        return new TlsConnection(this, transport, true, null, null);
    }

    /** JSSE's context, made when it is first needed. */
    synchronized SSLContext engines() {
        if (engines == null) {
            engines = newEngines();
        }
        return engines;
    }

    /** JSSE's context for a server's connection: one of its own, which knows no earlier session, where none is to be taken up. */
    SSLContext serverEngines(Settings rules) {
        return rules.resumption() ? engines() : newEngines();
    }

    private static SSLContext newEngines() {
        try {
            SSLContext made = SSLContext.getInstance("TLS");
            made.init(new KeyManager[] {new ConnectionKeys()}, new TrustManager[] {new ConnectionTrust()}, null);
            made.getClientSessionContext().setSessionCacheSize(CLIENT_SESSIONS);
            made.getClientSessionContext().setSessionTimeout(SESSION_SECONDS);
            made.getServerSessionContext().setSessionTimeout(SESSION_SECONDS);
            return made;
        } catch (GeneralSecurityException noTls) {
            throw new IllegalStateException("This JVM has no provider of TLS.", noTls);
        }
    }

    /**
     * What takes the place of a port in JSSE's caches, so that they hold the session of one connection, and it offers that one and no
     * other. Never that of a port, nor 0.
     */
    static int newSessionKey() {
        return Integer.MIN_VALUE | KEYS.incrementAndGet();
    }

    // Numbers

    Statistics statistics() {
        return statistics;
    }

    /** In the order of {@code SSLContext.session_stats()}: number, connect, good, renegotiate, accept, good, renegotiate, hits, misses, timeouts, full. */
    public long[] sessionStatistics() {
        return statistics.counts(cached());
    }

    private synchronized int cached() {
        return engines == null
                ? 0
                : Collections.list(engines.getServerSessionContext().getIds()).size();
    }
}
