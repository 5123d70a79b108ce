package io.github.pysockets.quota;

import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_RCVBUF;
import static io.github.pysockets.abi.SocketOptions.SO_RCVBUFFORCE;
import static io.github.pysockets.abi.SocketOptions.SO_SNDBUF;
import static io.github.pysockets.abi.SocketOptions.SO_SNDBUFFORCE;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.FailureText;
import io.github.pysockets.stack.StackException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The sizes that were set for the buffers of one open socket, which several descriptors may share. Thread-safe. */
final class BufferClaim {
    private final Quota quota;
    private long receiving;
    private long sending;
    private int holders;

    BufferClaim(Quota quota) {
        this.quota = quota;
    }

    /** What an accepted connection inherits from its listener; null where there is not so much left. */
    synchronized BufferClaim inherited() {
        BufferClaim made = new BufferClaim(quota);
        if (!quota.bufferMemory().take(receiving + sending)) {
            return null;
        }
        made.receiving = receiving;
        made.sending = sending;
        return made;
    }

    synchronized void hold() {
        holders++;
    }

    /** Gives all back, if this was the last holder. */
    synchronized void release() {
        if (--holders == 0) {
            drop();
        }
    }

    /** Gives all back. */
    synchronized void drop() {
        quota.bufferMemory().giveBack(receiving + sending);
        receiving = 0;
        sending = 0;
    }

    /** Leaves the text of a refusal, and returns its errno. */
    static int shortage(Quota quota) {
        FailureText.leave(Errno.ENOBUFS,
                "the limit of " + quota.bufferMemory().limit() + " bytes for the buffers of all sockets");
        return Errno.ENOBUFS;
    }

    /** Sets an option of the socket. */
    @FunctionalInterface
    interface Setting {
        void set() throws StackException;
    }

    /**
     * Sets an option, if it is no size of a buffer, or there is so much left.
     *
     * @throws StackException ENOBUFS where there is not; otherwise as the option fails
     */
    synchronized void set(int level, int name, long size, Setting setting) throws StackException {
        boolean isReceiving = name == SO_RCVBUF || name == SO_RCVBUFFORCE;
        boolean isSending = name == SO_SNDBUF || name == SO_SNDBUFFORCE;
        if (level != SOL_SOCKET || !isReceiving && !isSending) {
            setting.set();
            return;
        }
        long more = Math.max(0, size) - (isReceiving ? receiving : sending);
        if (more > 0 && !quota.bufferMemory().take(more)) {
            throw new StackException(shortage(quota));
        }
        boolean isSet = false;
        try {
            setting.set();
            isSet = true;
        } finally {
            if (isSet == more < 0) {
                quota.bufferMemory().giveBack(Math.abs(more));
            }
        }
        if (isReceiving) {
            receiving += more;
        } else {
            sending += more;
        }
    }

    /** The size in an option's value. */
    static long size(byte[] value) {
        return value.length < Integer.BYTES ? 0 : ByteBuffer.wrap(value).order(ByteOrder.nativeOrder()).getInt();
    }
}
