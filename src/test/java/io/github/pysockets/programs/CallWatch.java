package io.github.pysockets.programs;

import java.util.concurrent.locks.LockSupport;
import org.graalvm.polyglot.HostAccess;

/** Interrupts calls of one thread that wait too long. A call that ignores the interrupt ends the process. */
public final class CallWatch {
    private static final long PATIENCE = 50_000_000;
    private static final long LIMIT = 20_000_000_000L;
    private static final long PAUSE = 10_000_000;

    private final Thread watched = Thread.currentThread();
    private volatile String call;
    private volatile long begun;

    public CallWatch() {
        Thread.ofPlatform().daemon().name("call watch").start(this::watch);
    }

    /** The thread is about to make a call. */
    @HostAccess.Export
    public void begin(String name) {
        begun = System.nanoTime();
        call = name;
    }

    /** The call is over. */
    @HostAccess.Export
    public void end() {
        call = null;
        Thread.interrupted();
    }

    private void watch() {
        for (;;) {
            LockSupport.parkNanos(PAUSE);
            String current = call;
            long since = System.nanoTime() - begun;
            if (current != null && since > PATIENCE) {
                watched.interrupt();
                if (since > LIMIT) {
                    System.out.println("does not end: " + current);
                    for (StackTraceElement frame : watched.getStackTrace()) {
                        System.out.println("    " + frame);
                    }
                    System.out.flush();
                    Runtime.getRuntime().halt(3);
                }
            }
        }
    }
}
