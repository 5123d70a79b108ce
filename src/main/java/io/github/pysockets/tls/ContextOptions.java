package io.github.pysockets.tls;

/** What OpenSSL's options mean here: SSL_CTX_set_options(3). Those that are not named have no effect. */
final class ContextOptions {
    /** SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION, for which CPython has no name. */
    private static final int UNSAFE_LEGACY_RENEGOTIATION = 0x40000;

    private static final int LEGACY_SERVERS = SslConstants.OP_LEGACY_SERVER_CONNECT | UNSAFE_LEGACY_RENEGOTIATION;

    private ContextOptions() {}

    static void apply(long options, Settings.Draft draft) {
        draft.serverChooses = (options & SslConstants.OP_CIPHER_SERVER_PREFERENCE) != 0;
        draft.ignoresCuts = (options & SslConstants.OP_IGNORE_UNEXPECTED_EOF) != 0;
        draft.renegotiation = (options & SslConstants.OP_NO_RENEGOTIATION) == 0;
        draft.legacyServers = (options & LEGACY_SERVERS) != 0;
        draft.tickets = (options & SslConstants.OP_NO_TICKET) == 0;
    }
}
