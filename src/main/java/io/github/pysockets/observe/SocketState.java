package io.github.pysockets.observe;

import java.time.Instant;

/**
 * One socket at a moment. Addresses are texts such as {@code 127.0.0.1:80}, {@code [::1]:80}, {@code /run/a.sock},
 * {@code @abstract}; empty for an unnamed socket of AF_UNIX.
 *
 * @param label the label of the context
 * @param id a number that no other socket of the context ever has
 * @param family such as {@code AF_INET}
 * @param type such as {@code SOCK_STREAM}
 * @param isAccepted whether it came from accept
 * @param local the socket's own address; null where it has none, or it was not asked for
 * @param peer the address that it is connected to; null for none
 * @param bytesIn the bytes that were received so far
 * @param bytesOut the bytes that were sent so far
 * @param opened when it was made
 * @param lastUsed when bytes moved last, to within 50 ms; {@code opened} where none did
 */
public record SocketState(
        String label,
        long id,
        String family,
        String type,
        boolean isAccepted,
        String local,
        String peer,
        long bytesIn,
        long bytesOut,
        Instant opened,
        Instant lastUsed) {}
