package io.github.pysockets.tls;

import io.github.pysockets.tls.cert.Identity;
import io.github.pysockets.tls.cert.IdentityReader;
import io.github.pysockets.tls.cert.OpenSslException;
import io.github.pysockets.tls.cert.TrustStore;
import io.github.pysockets.tls.cert.VerifyFlags;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * What the connections made from it have in common: versions, ciphers, trusted certificates, and their own certificates
 * with keys. What {@code ssl.SSLContext} is.
 *
 * <p>Settings count for connections that are made after them. Keys and trust are looked up at the handshake. So are a
 * server's ciphers, security level and ALPN, because a {@link ServerNameListener} may give its connection another
 * context. May be used from any thread.
 */
public final class TlsContext {
    /** A client is asked for no certificate; any certificate of a server is accepted. */
    public static final int VERIFY_NONE = 0;
    /** A client is asked for a certificate. If there is one, it has to be valid. */
    public static final int VERIFY_OPTIONAL = 1;
    /** There has to be a valid certificate. */
    public static final int VERIFY_REQUIRED = 2;

    /** How many protocols ALPN can offer: each has its length and a byte at least in an extension of RFC 7301. */
    public static final int MOST_PROTOCOLS = 0x7FFF;

    /** For the whole JVM: one context of the application may serve many of ours. */
    private static final AtomicInteger KEYS = new AtomicInteger();

    /** How many sessions a context keeps for its clients. */
    private static final int CLIENT_SESSIONS = 1024;

    private static final int LONGEST_PROTOCOL = 255;

    private static final int HIGHEST_ASCII = 0x7F;

    /** Seconds for which a session may be resumed: as with OpenSSL. */
    static final int SESSION_SECONDS = 7200;

    private final Roles roles;
    private final TrustStore trust = new TrustStore();
    private final List<Identity> identities = new CopyOnWriteArrayList<>();
    private final Statistics statistics = new Statistics();

    private int lowestVersion = SslConstants.PROTO_TLSv1_2;
    private int highestVersion = SslConstants.PROTO_MAXIMUM_SUPPORTED;
    private long options;

    private volatile Settings settings = Settings.initial();
    private volatile ServerNameListener serverNameListener;
    private volatile SSLContext hostTrust;
    private SSLContext engines;
    private SSLContext enginesWithoutTickets;

    public TlsContext(Roles roles) {
        this.roles = roles;
    }

    public Roles roles() {
        return roles;
    }

    // Settings

    /**
     * Sets which versions of the protocol may be used, less those that an option excludes.
     *
     * @param lowest the version's number in records: 0x0303 for TLS 1.2, 0x0304 for 1.3. Older ones mean 1.2
     * @param highest likewise, or {@link SslConstants#PROTO_MAXIMUM_SUPPORTED}; below {@code lowest} for none at all
     */
    public synchronized void setVersions(int lowest, int highest) {
        lowestVersion = lowest;
        highestVersion = highest;
        versionsChanged();
    }

    private void versionsChanged() {
        VersionRange range = VersionRange.of(lowestVersion, highestVersion, options);
        change(draft -> {
            draft.lowest = range.lowest();
            draft.highest = range.highest();
        });
    }

    /**
     * Sets what OpenSSL's options ask for, as far as they have an effect here: SSL_CTX_set_options(3). Where this is
     * not called, it is as with {@link SslConstants#OP_CIPHER_SERVER_PREFERENCE} alone.
     *
     * @param options OP_ flags of {@link SslConstants}; others have no effect
     */
    public synchronized void setOptions(long options) {
        this.options = options;
        change(draft -> ContextOptions.apply(options, draft));
        versionsChanged();
    }

    /**
     * Sets how a peer's certificate is verified.
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
     * Sets whether a server's certificate has to be for the name by which the client knows the server.
     *
     * @param hostFlags OpenSSL's X509_CHECK_FLAG numbers
     */
    public void setHostChecking(boolean check, int hostFlags) {
        change(draft -> {
            draft.checkHost = check;
            draft.hostFlags = hostFlags;
        });
    }

    /**
     * Sets the cipher suites, and how strong they and keys have to be: SSL_CTX_set_security_level(3). The suites of
     * TLS 1.3 are always on.
     *
     * @param cipherString see {@link CipherString}
     * @param securityLevel 0 to 5
     * @throws OpenSslException where the string chooses no suite
     */
    public void setCiphers(String cipherString, int securityLevel) throws OpenSslException {
        List<CipherSuite> ciphers = CipherString.select(cipherString);
        change(draft -> {
            draft.ciphers = ciphers;
            draft.securityLevel = securityLevel;
        });
    }

    public List<CipherSuite> ciphers() {
        return settings.ciphers();
    }

    /** Sets whether a server resumes earlier sessions. The default is that it does. */
    public void setResumption(boolean resumption) {
        change(draft -> draft.resumption = resumption);
    }

    /** Whether ALPN can offer a protocol of this name. */
    public static boolean isApplicationProtocol(String name) {
        return !name.isEmpty() && name.length() <= LONGEST_PROTOCOL;
    }

    /** Sets the protocols offered by ALPN (RFC 7301), in order of preference. Each char is a byte. */
    public void setApplicationProtocols(List<String> protocols) {
        change(draft -> draft.applicationProtocols = protocols);
    }

    /**
     * Sets the only group for the key exchange with ECDHE.
     *
     * @param name OpenSSL's: prime256v1
     * @throws OpenSslException where there is no such group
     */
    public void setGroup(String name) throws OpenSslException {
        String group = NamedGroups.jsse(name);
        change(draft -> draft.group = group);
    }

    private synchronized void change(Consumer<Settings.Draft> change) {
        settings = settings.changed(change);
    }

    /** Sets what is called with the server name that a client has sent; null for nothing. */
    public void setServerNameListener(ServerNameListener listener) {
        serverNameListener = listener;
    }

    ServerNameListener serverNameListener() {
        return serverNameListener;
    }

    /**
     * Adds a certificate with its key from PEM: {@code SSLContext.load_cert_chain()}. Parameters and failures are those
     * of {@link IdentityReader#read(byte[], byte[], byte[], int)}.
     *
     * @param password is overwritten with zeros
     */
    public void loadIdentity(byte[] certificates, byte[] key, byte[] password, int securityLevel)
            throws OpenSslException {
        try {
            addIdentity(IdentityReader.read(certificates, key, password, securityLevel));
        } finally {
            if (password != null) {
                Arrays.fill(password, (byte) 0);
            }
        }
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

    /** Which certificates are trusted. */
    public TrustStore trust() {
        return trust;
    }

    /**
     * Leaves trust and keys to a context of the application's, whose own rules then hold. Those of our settings still
     * count that narrow them: versions, ciphers, and whether the host's name is checked.
     */
    public void useHostTrust(SSLContext host) {
        hostTrust = host;
    }

    /**
     * The application's context, or null. It is not used by clients that verify nothing, nor by a context that has
     * trust or keys of its own, nor where revocation lists are required: the application's context has none.
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

    /** Whether a client may know its server by this name: any ASCII text, so that an address is one too. */
    public static boolean isServerName(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c > 0 && c <= HIGHEST_ASCII);
    }

    /**
     * Fails on a name that is too long to be sent, as OpenSSL does.
     *
     * @param name see {@link #isServerName}; null for none
     */
    public static void requireLength(String name) throws OpenSslException {
        if (name != null && name.length() > RequestedName.LONGEST) {
            throw OpenSslException.ssl("SSL3_EXT_INVALID_SERVERNAME");
        }
    }

    /**
     * A client's side of a new connection.
     *
     * @param serverName the server's name, see {@link #isServerName} and {@link #requireLength}; null for none
     * @param session to be resumed if the server still knows it; null for a new one
     */
    public TlsConnection client(Transport transport, String serverName, TlsSession session) {
        return new TlsConnection(this, transport, false, serverName, session);
    }

    /** A server's side of a new connection. */
    public TlsConnection server(Transport transport) {
        return new TlsConnection(this, transport, true, null, null);
    }

    /** JSSE's context, made when it is first needed. */
    synchronized SSLContext engines(Settings rules) {
        if (rules.usesTickets()) {
            engines = engines == null ? newEngines() : engines;
            return engines;
        }
        if (enginesWithoutTickets == null) {
            enginesWithoutTickets = newEngines();
            EngineTickets.switchOff(enginesWithoutTickets);
        }
        return enginesWithoutTickets;
    }

    /** JSSE's context for a server's connection: where no session is resumed, a new one, which knows none. */
    SSLContext serverEngines(Settings rules) {
        return rules.resumption() ? engines(rules) : newEngines();
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
     * A number in the place of the port in JSSE's caches, so that each connection has a session of its own there and
     * offers no other. Never a valid port, nor 0.
     */
    static int newSessionKey() {
        return Integer.MIN_VALUE | KEYS.incrementAndGet();
    }

    // Numbers

    Statistics statistics() {
        return statistics;
    }

    /**
     * In the order of {@code SSLContext.session_stats()}: number, connect, connect_good, connect_renegotiate, accept,
     * accept_good, accept_renegotiate, hits, misses, timeouts, cache_full.
     */
    public long[] sessionStatistics() {
        return statistics.counts(cached());
    }

    private synchronized int cached() {
        return cached(engines) + cached(enginesWithoutTickets);
    }

    private static int cached(SSLContext engines) {
        return engines == null
                ? 0
                : Collections.list(engines.getServerSessionContext().getIds()).size();
    }
}
