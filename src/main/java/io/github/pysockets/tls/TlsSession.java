package io.github.pysockets.tls;

import java.util.Arrays;
import java.util.Objects;
import javax.net.ssl.SSLSession;

/** What two sides agreed on, for a client to offer in a later handshake. Equal by {@link #id}. */
public final class TlsSession {
    private final SSLSession session;
    private final TlsContext context;
    private final int key;
    private final String serverName;
    private final Settings settings;
    private final SessionTicket ticket;
    private final boolean hasTicket;

    /**
     * @param key under which the context's cache holds it
     * @param serverName the server's name as the client knew it; null for none
     * @param settings by which the server was verified
     * @param ticket the one of TLS 1.2; null for none
     * @param hasTicket whether the client has a ticket for it, of whichever version
     */
    TlsSession(
            SSLSession session,
            TlsContext context,
            int key,
            String serverName,
            Settings settings,
            SessionTicket ticket,
            boolean hasTicket) {
        this.session = session;
        this.context = context;
        this.key = key;
        this.serverName = serverName;
        this.settings = settings;
        this.ticket = ticket;
        this.hasTicket = hasTicket;
    }

    SSLSession jsse() {
        return session;
    }

    SessionTicket ticket() {
        return ticket;
    }

    /**
     * Whether another connection may offer it. No certificate is sent then, so the one that was sent has to count for
     * that connection too: for the same name, and verified by the same settings.
     */
    boolean isGoodFor(String name, Settings rules) {
        return Objects.equals(name, serverName) && rules.verifiesLike(settings);
    }

    TlsContext context() {
        return context;
    }

    int key() {
        return key;
    }

    /** Whether the session was made by a connection of {@code other}: only that context can resume it. */
    public boolean isOf(TlsContext other) {
        return context == other;
    }

    public byte[] id() {
        return session.getId();
    }

    /** Seconds since the epoch at which it was made. */
    public long time() {
        return session.getCreationTime() / 1000;
    }

    /** Seconds for which it may be resumed. */
    public long timeout() {
        return TlsContext.SESSION_SECONDS;
    }

    /** Seconds for which the server promised to keep it; 0 where there is no ticket. */
    public long ticketLifetimeHint() {
        return !hasTicket() ? 0 : ticket == null ? timeout() : ticket.lifetimeHint();
    }

    /** Whether the client shows a ticket to resume it, rather than an id that the server knows. */
    public boolean hasTicket() {
        return hasTicket && session.isValid();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TlsSession that && Arrays.equals(id(), that.id());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(id());
    }
}
