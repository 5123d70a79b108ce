package io.github.pysockets.cli;

import com.oracle.truffle.api.TruffleSafepoint;
import java.io.IOException;
import java.io.InputStream;

/**
 * The standard input of a program whose GraalPy makes no system calls of its own. Nothing ends a read of Java's stream;
 * so a thread of its own reads, and only what is wanted, while the program waits in a way that handlers of signals can
 * end.
 */
final class StandardInput extends InputStream {
    private static final int MOST = 8192;

    private final InputStream source;
    private final byte[] bytes = new byte[MOST];
    private int next;
    private int end;
    private boolean isEnded;
    private boolean isReading;
    private IOException failure;

    /** Whether the waiting thread has something else to do first. */
    private boolean isCalled;

    /** @param source the process's own */
    StandardInput(InputStream source) {
        this.source = source;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        TruffleSafepoint.getCurrent().setBlocked(null, new Waker(), StandardInput::await, this, null, null);
        synchronized (this) {
            if (failure != null) {
                IOException thrown = failure;
                failure = null;
                throw thrown;
            }
            if (next == end) {
                // As at a terminal, where more may come after an end.
                isEnded = false;
                return -1;
            }
            int count = Math.min(length, end - next);
            System.arraycopy(bytes, next, to, offset, count);
            next += count;
            return count;
        }
    }

    @Override
    public synchronized int available() throws IOException {
        return next < end || isReading ? end - next : source.available();
    }

    /** Ends the wait without an interrupt of the thread, at which Java would close the channel that GraalPy makes. */
    private final class Waker implements TruffleSafepoint.Interrupter {
        @Override
        public void interrupt(Thread waiting) {
            synchronized (StandardInput.this) {
                isCalled = true;
                StandardInput.this.notifyAll();
            }
        }

        @Override
        public void resetInterrupted() {
            synchronized (StandardInput.this) {
                isCalled = false;
            }
        }
    }

    private synchronized void await() throws InterruptedException {
        while (next == end && !isEnded && failure == null) {
            if (isCalled) {
                throw new InterruptedException();
            }
            if (!isReading) {
                isReading = true;
                Thread reading = new Thread(this::fill, "standard input");
                reading.setDaemon(true);
                reading.start();
            }
            wait();
        }
    }

    private void fill() {
        int count = -1;
        IOException thrown = null;
        byte[] read = new byte[MOST];
        try {
            count = source.read(read);
        } catch (IOException unreadable) {
            thrown = unreadable;
        }
        synchronized (this) {
            isReading = false;
            failure = thrown;
            isEnded = count < 0;
            next = 0;
            end = Math.max(count, 0);
            System.arraycopy(read, 0, bytes, 0, end);
            notifyAll();
        }
    }
}
