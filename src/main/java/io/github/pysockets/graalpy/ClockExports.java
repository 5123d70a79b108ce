package io.github.pysockets.graalpy;

import io.github.pysockets.python.PyClock;
import io.github.pysockets.python.PyLock;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.stack.Announcement;
import org.graalvm.polyglot.HostAccess;

/**
 * Calls of the Python side on the stack's clock, for scripts whose time is the stack's. Times are nanoseconds. Int
 * results are as {@link HostExports} says.
 */
public final class ClockExports {
    private final SocketRuntime runtime;
    private final PyClock clock;

    ClockExports(SocketRuntime runtime) {
        this.runtime = runtime;
        clock = new PyClock(runtime);
    }

    /** CLOCK_MONOTONIC. */
    @HostAccess.Export
    public Object nanoTime() {
        return ResultCodes.value(clock::nanoTime);
    }

    /** CLOCK_REALTIME. */
    @HostAccess.Export
    public Object wallTimeNanos() {
        return ResultCodes.value(clock::wallTimeNanos);
    }

    /** nanosleep(2). */
    @HostAccess.Export
    public int sleep(long nanos) {
        return ResultCodes.number(() -> clock.sleep(nanos));
    }

    /** Announces a thread that is about to begin: time stands still until it has. */
    @HostAccess.Export
    public Object announce() {
        return ResultCodes.value(clock::announce);
    }

    /** Begins an announced thread, which calls this. */
    @HostAccess.Export
    public int begin(Announcement announced) {
        return ResultCodes.action(announced, Announcement::begin);
    }

    /** Ends an announced thread. */
    @HostAccess.Export
    public int end(Announcement announced) {
        return ResultCodes.action(announced, Announcement::end);
    }

    /** A lock that nobody holds. */
    @HostAccess.Export
    public Object lock() {
        return ResultCodes.value(() -> new PyLock(runtime));
    }

    /**
     * Acquires a lock.
     *
     * @param nanos the longest wait; negative for no limit
     * @return 1, or 0 where that time was over
     */
    @HostAccess.Export
    public int acquire(PyLock lock, long nanos) {
        return ResultCodes.number(lock, it -> it.acquire(nanos));
    }

    /** Releases a lock: 1, or 0 where nobody holds it. */
    @HostAccess.Export
    public int release(PyLock lock) {
        return ResultCodes.number(lock, it -> it.release() ? 1 : 0);
    }

    /** Whether somebody holds a lock: 1 or 0. */
    @HostAccess.Export
    public int isHeld(PyLock lock) {
        return ResultCodes.number(lock, it -> it.isHeld() ? 1 : 0);
    }
}
