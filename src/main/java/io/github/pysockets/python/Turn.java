package io.github.pysockets.python;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;

/** A lock for what threads do one after another, and may wait for meanwhile. A wait for it ends as any other. */
final class Turn {
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();

    boolean tryTake() {
        return lock.tryLock();
    }

    /** @return 0 once the calling thread has it, the deadline's code, or a negative code */
    int take(Waiting waiting, Deadline deadline) {
        Waiter[] added = new Waiter[1];
        try {
            return waiting.untilDone(waiter -> waiters.add(added[0] = waiter), lock::tryLock, deadline);
        } finally {
            if (added[0] != null) {
                waiters.remove(added[0]);
            }
        }
    }

    void end() {
        lock.unlock();
        waiters.forEach(Waiter::wake);
    }
}
