package io.github.pysockets.python;

import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What is left to do in Python for objects of one interpreter that were collected. Python code gives each such object a
 * {@link Token} and a number; once the token is collected, the number is found here.
 *
 * <p>Who runs the interpreter's function: a thread that waits in a call of ours, or, by {@link SearchRule#IDLE}, a
 * thread of its own. Only one at a time, so that a function that waits itself is not run again within.
 */
public final class DroppedActions {
    private final ConcurrentLinkedQueue<Long> found = new ConcurrentLinkedQueue<>();
    private final Waiting waiting;
    private final boolean hasThread;
    private final AtomicBoolean isRunning = new AtomicBoolean();
    private final Semaphore calls = new Semaphore(0);

    private Runnable function;
    private boolean isStarted;
    private volatile boolean closed;

    DroppedActions(Waiting waiting, SearchRule rule) {
        this.waiting = waiting;
        hasThread = rule == SearchRule.IDLE;
        waiting.serve(this);
    }

    /** Belongs to one object of Python code. */
    public static final class Token {
        private Cleanup.Followed followed;

        private Token() {}

        /** Forgets the object, because it was closed as it should be. */
        public void forget() {
            followed.forget();
        }
    }

    /**
     * Makes a token for an object. Its number is found after the object was collected.
     *
     * @param socket the socket that the object uses; null for none
     */
    public Token follow(long number, SocketHandle socket) {
        Token token = new Token();
        // An interpreter that nobody closes can then be collected while its objects are followed.
        token.followed = Cleanup.droppable(token, new Dropped(new WeakReference<>(this), number, socket));
        return token;
    }

    private record Dropped(WeakReference<DroppedActions> actions, long number, SocketHandle socket)
            implements Cleanup.Droppable {
        @Override
        public boolean isInUse() {
            return socket != null && socket.isInUse();
        }

        @Override
        public void run() {
            DroppedActions all = actions.get();
            if (all != null) {
                all.find(number);
            }
        }
    }

    private void find(long number) {
        if (!closed) {
            found.add(number);
            Cleanup.noteClosed();
            call();
        }
    }

    /** The number of an object that was collected; each once. Negative if there is none. */
    public long next() {
        Long number = found.poll();
        return number == null ? -1 : number;
    }

    /**
     * Sets the function that asks for the numbers and closes what they stand for. It throws nothing. Only the first one
     * counts.
     */
    public synchronized void setFunction(Runnable newFunction) {
        if (function == null) {
            function = newFunction;
        }
    }

    /** Has the function run soon. Never waits. */
    private void call() {
        if (!hasThread) {
            waiting.callOne();
            return;
        }
        calls.release();
        synchronized (this) {
            if (!isStarted) {
                isStarted = true;
                Thread.ofPlatform()
                        .daemon()
                        .name("pysockets-dropped-python")
                        .inheritInheritableThreadLocals(false)
                        .start(this::runAll);
            }
        }
    }

    private void runAll() {
        try {
            while (!closed) {
                calls.acquire();
                calls.drainPermits();
                run();
            }
        } catch (InterruptedException | RuntimeException interpreterIsGone) {
            closed = true;
        }
    }

    /** Whether numbers wait for the function. */
    boolean isDue() {
        return !hasThread && !found.isEmpty();
    }

    /** Runs the function, unless it is running already. */
    void run() {
        Runnable now;
        synchronized (this) {
            now = function;
        }
        if (now == null || closed || !isRunning.compareAndSet(false, true)) {
            return;
        }
        try {
            now.run();
        } finally {
            isRunning.set(false);
        }
    }

    void close() {
        closed = true;
        calls.release();
    }
}
