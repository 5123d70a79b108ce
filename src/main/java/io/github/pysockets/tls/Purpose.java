package io.github.pysockets.tls;

/** What a peer's certificate is to be good for: RFC 5280, section 4.2.1.12. */
enum Purpose {
    /** The peer is a server. */
    SERVER,
    /** The peer is a client. */
    CLIENT
}
