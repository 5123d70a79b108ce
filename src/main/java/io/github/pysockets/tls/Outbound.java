package io.github.pysockets.tls;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/** Records that are made and not yet sent. */
final class Outbound {
    private final Transport transport;
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    /** Where the bytes that are not yet sent begin; they end at the buffer's position. */
    private int start;

    Outbound(Transport transport) {
        this.transport = transport;
    }

    /** Makes one record, of plain bytes or of a message of the engine's own. */
    SSLEngineResult wrap(SSLEngine engine, ByteBuffer plain) throws SSLException {
        for (;;) {
            makeRoom(engine.getSession().getPacketBufferSize());
            SSLEngineResult result = engine.wrap(plain, buffer);
            if (result.getStatus() != SSLEngineResult.Status.BUFFER_OVERFLOW) {
                return result;
            }
            makeRoom(2 * buffer.remaining() + 1);
        }
    }

    /** Where the records end in {@link #array}. */
    int end() {
        return buffer.position();
    }

    byte[] array() {
        return buffer.array();
    }

    /** Adds a whole record. */
    void add(byte[] record) {
        makeRoom(record.length);
        buffer.put(record);
    }

    /** Forgets the records that are not yet sent. */
    void drop() {
        start = 0;
        buffer.clear();
    }

    /** How many bytes are not yet sent. */
    int pending() {
        return buffer.position() - start;
    }

    /**
     * Puts an alert in the place of one that was made.
     *
     * @param before how many bytes of other records were pending before it was made
     * @param plain whether to put an unencrypted one in the place of an encrypted one
     */
    void replaceAlert(int before, int number, boolean plain) {
        int at = start + before;
        byte[] alert = Alerts.fatal(number);
        if (plain || Alerts.isUnencrypted(buffer.array(), at, buffer.position() - at)) {
            buffer.position(at);
            add(alert);
        }
    }

    /** Sends all records. Gives 0 once all are sent, {@link TlsCodes#WANT_WRITE}, or a negated errno. */
    int flush() {
        while (start < buffer.position()) {
            int sent = transport.send(buffer.array(), start, buffer.position() - start);
            if (sent < 0) {
                return sent == Transport.WOULD_BLOCK ? TlsCodes.WANT_WRITE : sent;
            }
            start += sent;
        }
        drop();
        return 0;
    }

    private void makeRoom(int count) {
        if (buffer.remaining() >= count) {
            return;
        }
        int held = buffer.position() - start;
        ByteBuffer target = ByteBuffer.allocate(Math.max(held + count, Math.min(2 * buffer.capacity(), 1 << 20)));
        target.put(buffer.array(), start, held);
        buffer = target;
        start = 0;
    }
}
