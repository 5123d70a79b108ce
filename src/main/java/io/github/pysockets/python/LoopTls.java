package io.github.pysockets.python;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.tls.MemoryBio;
import io.github.pysockets.tls.Plaintext;
import io.github.pysockets.tls.TlsCodes;
import io.github.pysockets.tls.TlsConnection;
import java.util.Arrays;

/**
 * A TLS connection of an event loop, which has its records in two queues, and the socket that they come from and go to.
 * Nothing here waits. Thread-safe, but what two threads write at the same time may mix.
 */
public final class LoopTls implements LoopSource {
    /** Bytes of records that are received at once: four full ones. */
    private static final int MOST_AT_ONCE = 64 * 1024;

    private final PySocket socket;
    private final TlsConnection connection;
    private final MemoryBio incoming;
    private final MemoryBio outgoing;
    private volatile boolean opening;

    /**
     * @param incoming the queue that the connection reads from
     * @param outgoing the queue that it writes to
     */
    public LoopTls(PySocket socket, TlsConnection connection, MemoryBio incoming, MemoryBio outgoing) {
        this.socket = socket;
        this.connection = connection;
        this.incoming = incoming;
        this.outgoing = outgoing;
    }

    PySocket socket() {
        return socket;
    }

    /** Sets whether rounds open the records that they receive. Otherwise they only queue them. */
    public void setOpening(boolean opens) {
        opening = opens;
    }

    @Override
    public void read(LoopRound round, Object owner) {
        if (!round.hasRoom(LoopRound.LEAST_ROOM)) {
            return;
        }
        byte[] buffer = round.buffer();
        // The room for the plain bytes is where the records come first.
        int count = socket.recv(buffer, round.used(), Math.min(round.room(), MOST_AT_ONCE), 0);
        if (count == -Errno.EAGAIN) {
            return;
        }
        if (count <= 0) {
            round.addStream(owner, count);
            return;
        }
        incoming.write(buffer, round.used(), count);
        if (!opening || !open(round, owner)) {
            round.addRecords(owner);
        }
    }

    /** Opens what has come. Returns whether that is all that there is to do. */
    private boolean open(LoopRound round, Object owner) {
        int total = 0;
        int result = TlsCodes.WANT_READ;
        while (total < round.room()) {
            result = connection.read(round.buffer(), round.used() + total, round.room() - total);
            if (result <= 0) {
                break;
            }
            total += result;
        }
        if (result == TlsCodes.FAILED) {
            // The interpreter's own read is to raise it.
            connection.repeatFailure();
        }
        if (total > 0) {
            round.addStream(owner, total);
        }
        return result == TlsCodes.WANT_READ && outgoing.pending() == 0;
    }

    /**
     * Encrypts bytes and sends the records, as far as the kernel has room for them.
     *
     * @return how many bytes of records are left in the queue; or a negated errno, of the socket; or one of
     *     {@link TlsCodes}, of the connection: after one that is a wish, nothing was written
     */
    public int write(Plaintext source, int count) {
        int done = 0;
        while (done < count) {
            int written = connection.write(source, done, count - done, true);
            if (written < 0) {
                return written;
            }
            done += written;
        }
        return send();
    }

    private int send() {
        byte[] records = outgoing.take(Integer.MAX_VALUE);
        if (records.length == 0) {
            return 0;
        }
        int sent = BlockingCalls.trySend(socket, records, 0, records.length, 0);
        if (sent < 0 && sent != -Errno.EAGAIN) {
            return sent;
        }
        int done = Math.max(sent, 0);
        if (done < records.length) {
            outgoing.putBack(Arrays.copyOfRange(records, done, records.length));
        }
        return outgoing.pending();
    }
}
