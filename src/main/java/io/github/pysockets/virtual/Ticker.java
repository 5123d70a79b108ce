package io.github.pysockets.virtual;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks after a network from a thread of its own, in real time, as long as there is something to look at. The thread
 * ends soon after.
 */
final class Ticker implements Runnable {
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final World world;
    private final Thread thread;
    /** Under the world's lock. */
    private boolean hasEnded;
    private boolean isIdle;

    Ticker(World world) {
        this.world = world;
        thread = Thread.ofPlatform().daemon().name("pysockets-virtual-network").unstarted(this);
    }

    void start() {
        thread.start();
    }

    /** Under the world's lock. */
    boolean hasEnded() {
        return hasEnded;
    }

    /** Whether it pauses for long. Under the world's lock. */
    boolean isIdle() {
        return isIdle;
    }

    /** Under the world's lock. */
    void hurry() {
        isIdle = false;
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        boolean wasIdle = false;
        for (;;) {
            long pause;
            world.lock.lock();
            try {
                pause = world.tick();
                isIdle = pause == World.NOTHING;
                if (isIdle && wasIdle) {
                    hasEnded = true;
                    return;
                }
                wasIdle = isIdle;
            } finally {
                world.unlock();
            }
            LockSupport.parkNanos(this, isIdle ? IDLE_NANOS : pause);
        }
    }
}
