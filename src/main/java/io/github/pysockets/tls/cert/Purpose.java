package io.github.pysockets.tls.cert;

/** What a peer's certificate has to be valid for: RFC 5280, section 4.2.1.12. */
public enum Purpose {
    /** The peer is a server. */
    SERVER,
    /** The peer is a client. */
    CLIENT
}
