package io.github.pysockets.python;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One interpreter's questions to its name service. A limited number run at once; others wait for their turn. A running
 * question keeps its thread until it is answered, even if nobody wants the answer any more. Without a limit a script
 * could use up the threads of the process.
 */
final class NameQueue {
    static final int MOST_AT_ONCE = 64;

    /** Made with the first question. Threads end after a minute without a question. */
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("pysockets-names-", 0).factory());

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int underWay;

    /** Runs a question on a thread of its own when its turn comes. */
    void add(Runnable question) {
        synchronized (this) {
            if (underWay == MOST_AT_ONCE) {
                waiting.add(question);
                return;
            }
            underWay++;
        }
        boolean isStarted = false;
        try {
            THREADS.execute(() -> runAll(question));
            isStarted = true;
        } finally {
            if (!isStarted) {
                end();
            }
        }
    }

    /** Forgets a question whose turn has not come. */
    synchronized void withdraw(Runnable question) {
        waiting.remove(question);
    }

    private void runAll(Runnable first) {
        for (Runnable question = first; question != null; question = nextOrEnd()) {
            question.run();
        }
    }

    private synchronized Runnable nextOrEnd() {
        Runnable next = waiting.poll();
        if (next == null) {
            underWay--;
        }
        return next;
    }

    private synchronized void end() {
        underWay--;
    }
}
