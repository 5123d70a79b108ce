package io.github.pysockets.tls;

/**
 * A TLS connection as its user calls it: plain bytes go in and come out. Those calls of a {@link TlsConnection} never
 * wait; over a socket they may.
 *
 * <p>Int results are zero or more, one of {@link TlsCodes}, or another negative number of the layer below.
 */
public interface TlsStream {
    /** What of the connection never waits. */
    TlsConnection connection();

    /** Does the handshake. Gives 0. */
    int handshake();

    /** Reads plain bytes. Gives how many, at least 1 where {@code count} is not 0. */
    int read(byte[] into, int at, int count);

    /** Writes the first {@code count} bytes of the source. Gives how many were sent. */
    int write(Plaintext source, int count);

    /** As {@link #write}, but never waits: gives {@link TlsCodes#WANT_WRITE} or {@link TlsCodes#WANT_READ} instead. */
    int writeNow(Plaintext source, int count);

    /** Ends this side and waits for the other to end its own. Gives 0. */
    int shutdown();
}
