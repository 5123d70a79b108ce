package io.github.pysockets.tls;

import io.github.pysockets.tls.cert.OpenSslException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The records that have come from a peer and are not yet opened.
 *
 * <p>It takes no more from the transport than the record that is asked for, and the header of the next one where the
 * record is full, so that it is no alert. So what follows a record makes a socket readable for {@code select}, the
 * peer's close_notify too, and plain text that follows the end of TLS stays for the socket's own calls.
 */
final class Inbound {
    /** A whole record is there. */
    static final int COMPLETE = 1;

    /** The stream has ended. */
    static final int ENDED = 0;

    /** From this length on a record counts as full: some peers leave a little of the protocol's maximum. */
    private static final int LEAST_OF_FULL = 16_000;

    private final Transport transport;
    private final boolean server;
    private byte[] array = new byte[0];
    private ByteBuffer buffer;
    private int start;
    private int end;
    private boolean proven;

    Inbound(Transport transport, boolean server) {
        this.transport = transport;
        this.server = server;
    }

    /** As {@link #complete(int, int)}, for the first record. */
    int complete(int room) throws OpenSslException {
        return complete(0, room);
    }

    /**
     * Receives until the record at {@code offset} is whole.
     *
     * @param offset how many bytes of whole records are before it
     * @param room how many plain bytes the caller has room for
     * @return {@link #COMPLETE}, {@link #ENDED}, {@link TlsCodes#WANT_READ}, or a negated errno
     * @throws OpenSslException where what comes is not a record
     */
    int complete(int offset, int room) throws OpenSslException {
        for (;;) {
            int missing = missing(offset);
            if (missing == 0) {
                requirePlainLength(offset);
                return COMPLETE;
            }
            boolean more = room > RecordHeader.MOST_PLAIN && isFull(offset);
            int wanted = more ? missing + RecordHeader.LENGTH : missing;
            makeRoom(wanted);
            int count = transport.receive(array, end, wanted);
            if (count == Transport.WOULD_BLOCK) {
                return TlsCodes.WANT_READ;
            }
            if (count <= 0) {
                return count;
            }
            end += count;
        }
    }

    /** Whether the header of the record at {@code offset} is there, and promises about all that a record can have. */
    boolean isFull(int offset) {
        return end - start - offset >= RecordHeader.LENGTH
                && RecordHeader.length(array, start + offset) >= LEAST_OF_FULL;
    }

    /** How many bytes the record at {@code offset} still lacks, as far as is known. */
    private int missing(int offset) throws OpenSslException {
        int held = end - start - offset;
        if (held < RecordHeader.LENGTH) {
            return RecordHeader.LENGTH - held;
        }
        int at = start + offset;
        OpenSslException problem = RecordHeader.problem(array, at, server, proven);
        if (problem != null) {
            int rest = server && !proven ? RecordHeader.sizeOfSsl2(array, at) - held : 0;
            if (rest > 0) {
                // Of a hello in this form, OpenSSL tells once it is whole.
                return rest;
            }
            throw problem;
        }
        return Math.max(0, RecordHeader.LENGTH + RecordHeader.length(array, at) - held);
    }

    private void requirePlainLength(int offset) throws OpenSslException {
        if (!proven && RecordHeader.length(array, start + offset) > RecordHeader.MOST_PLAIN) {
            throw OpenSslException.ssl("DATA_LENGTH_TOO_LONG");
        }
    }

    /** What has come so far is TLS. From here on, other bytes are a broken record, not another protocol. */
    void prove() {
        proven = true;
    }

    boolean isProven() {
        return proven;
    }

    int type(int offset) {
        return array[start + offset];
    }

    /** How many bytes the whole record at {@code offset} has, header included. */
    int size(int offset) {
        return RecordHeader.LENGTH + RecordHeader.length(array, start + offset);
    }

    byte[] content(int offset) {
        int at = start + offset + RecordHeader.LENGTH;
        return Arrays.copyOfRange(array, at, start + offset + size(offset));
    }

    /** The first record, which is whole. {@link #consume} has to be called after reading of the buffer. */
    ByteBuffer record() {
        if (buffer == null || buffer.array() != array) {
            buffer = ByteBuffer.wrap(array);
        }
        return buffer.limit(start + size(0)).position(start);
    }

    /** The buffer that {@link #record} gave was read up to its position. */
    void consume() {
        start = buffer.position();
        if (start == end) {
            start = end = 0;
        }
    }

    /** Leaves the first record out, which is whole. */
    void skip() {
        record();
        buffer.position(buffer.limit());
        consume();
    }

    private void makeRoom(int count) {
        if (array.length - end >= count) {
            return;
        }
        int held = end - start;
        // Twice what is held: a peer may send a long message in records of one byte.
        byte[] target =
                array.length >= held + count ? array : new byte[Math.max(Math.max(held + count, 2048), 2 * held)];
        System.arraycopy(array, start, target, 0, held);
        array = target;
        start = 0;
        end = held;
    }
}
