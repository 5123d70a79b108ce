package io.github.pysockets.tls;

/** Which sides of a connection a context is for. */
public enum Roles {
    CLIENT,
    SERVER,
    BOTH
}
