package io.github.pysockets.tls;

/** Where the bytes of a connection's records come from and go to. Never waits. Errors are negated errnos. */
public interface Transport {
    /** Negated EAGAIN: the call would have to wait. */
    int WOULD_BLOCK = -11;

    /**
     * Receives at most {@code count} bytes.
     *
     * @return how many; 0 at the end of the stream; {@link #WOULD_BLOCK} where none have come yet
     */
    int receive(byte[] into, int at, int count);

    /**
     * Sends at most {@code count} bytes.
     *
     * @return how many; {@link #WOULD_BLOCK} where none can be sent now
     */
    int send(byte[] from, int at, int count);
}
