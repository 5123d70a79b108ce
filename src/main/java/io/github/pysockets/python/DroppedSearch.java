package io.github.pysockets.python;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Has the collector look for dropped objects while Python code waits. CPython closes them at once, and programs wait
 * for the effect: a peer for the end of a connection, a thread for that peer.
 *
 * <p>One thread does this for the whole process. It sleeps until something was made that can be dropped, or a wait has
 * begun. Then it looks at short intervals whether the wait lasts, and runs the collector if there is hope: for objects
 * that no search has seen, as soon as the budget allows; for others only when that takes nothing from the first.
 */
final class DroppedSearch {
    /** A wait that is longer than this lasts. */
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** Where waits are not seen to begin, how long the thread sleeps at most. */
    private static final long NAP_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Python code that has run for this long may have dropped something. */
    private static final long ACTIVE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    /** GraalPy takes this long to notice what was collected. */
    private static final long NOTICE_NANOS = TimeUnit.MILLISECONDS.toNanos(60);

    /** What has a finalizer, and all that it refers to, is freed only by the collection after the one that finds it. */
    private static final int SEARCHES = 2;

    private static final DroppedSearch ONE = new DroppedSearch();

    /** Whether the thread sleeps until it is woken. */
    private static volatile boolean isAsleep;
    /** Whether something was noticed since the last search began: also what happens while the collector runs. */
    private static volatile boolean isNoticed;

    private final List<Served> served = new CopyOnWriteArrayList<>();
    private Thread thread;

    private DroppedSearch() {}

    /** An interpreter whose waits count. Its main thread runs what the interpreter itself has to do. */
    private record Served(WeakReference<Waiting> waiting, SearchRule rule, WeakReference<Thread> main) {
        private boolean waits() {
            Waiting now = waiting.get();
            return now != null && now.isUsed();
        }
    }

    /** Searches for what an interpreter drops, until {@link #end}. Called on the interpreter's main thread. */
    static void begin(Waiting waiting, SearchRule rule) {
        if (rule != SearchRule.NEVER) {
            ONE.add(new Served(
                    new WeakReference<>(waiting), rule, new WeakReference<>(Thread.currentThread())));
        }
    }

    static void end(Waiting waiting) {
        ONE.served.removeIf(each -> each.waiting.refersTo(waiting));
    }

    /** Called when something was made that can be dropped, and when a wait begins or ends. */
    static void notice() {
        if (!isNoticed) {
            isNoticed = true;
        }
        if (isAsleep) {
            isAsleep = false;
            LockSupport.unpark(ONE.thread);
        }
    }

    private synchronized void add(Served interpreter) {
        served.add(interpreter);
        if (thread == null) {
            thread = Thread.ofPlatform()
                    .daemon()
                    .name("pysockets-search")
                    .inheritInheritableThreadLocals(false)
                    .unstarted(() -> new Watch(served).run());
            thread.start();
        }
    }

    /** The work of the thread. */
    private static final class Watch {
        /** Of a process that is idle. Collections that find something take at most a third of the time. */
        private final CollectionBudget idleBudget = new CollectionBudget(1, 0.1);
        /** While one interpreter waits and others may be busy: at most a tenth. */
        private final CollectionBudget waitBudget = new CollectionBudget(16, 0.3);

        private final List<Served> served;
        private ProcessorUse processor;
        /** How many searches there is a reason for, because Python code may have run. */
        private int due;
        /** Whether the last tick has. */
        private boolean hasSearched;

        Watch(List<Served> served) {
            this.served = served;
        }

        void run() {
            for (;;) {
                sleep();
                while (tick()) {
                    // A search takes longer than a tick.
                    if (!hasSearched) {
                        LockSupport.parkNanos(TICK_NANOS);
                    }
                }
            }
        }

        private boolean has(SearchRule rule) {
            return served.stream().anyMatch(each -> each.rule == rule);
        }

        /** Sleeps until there may be something to search for. */
        private void sleep() {
            for (;;) {
                isAsleep = true;
                if (!isNoticed) {
                    if ((due > 0 || has(SearchRule.IDLE)) && Cleanup.hasDroppable()) {
                        LockSupport.parkNanos(this, NAP_NANOS);
                    } else {
                        LockSupport.park(this);
                    }
                }
                isAsleep = false;
                if (processor != null) {
                    // What was used until now says nothing of the next tick.
                    processor.isIdle();
                }
                takeNotice();
                if (processor != null && processor.used() > ACTIVE_NANOS) {
                    due = SEARCHES;
                }
                if (due > 0) {
                    LockSupport.parkNanos(TICK_NANOS);
                    return;
                }
            }
        }

        private void takeNotice() {
            if (isNoticed) {
                due = SEARCHES;
                isNoticed = false;
            }
        }

        /** Looks once; false when there is nothing to wait for. */
        private boolean tick() {
            hasSearched = false;
            takeNotice();
            CollectionBudget budget = budget();
            if (budget == null) {
                due = SEARCHES;
                return has(SearchRule.IDLE) ? Cleanup.hasDroppable() : served.stream().anyMatch(Served::waits);
            }
            long now = System.nanoTime();
            boolean isFresh = Cleanup.hasFresh();
            if (isFresh ? budget.allows(now) : due > 0 && budget.isPlenty(now) && Cleanup.hasDroppable()) {
                search(budget);
            }
            return isFresh;
        }

        /** The budget for a search now; null where nothing waits long enough. */
        private CollectionBudget budget() {
            if (has(SearchRule.IDLE)) {
                if (processor == null) {
                    processor = new ProcessorUse();
                }
                if (processor.isIdle()) {
                    return idleBudget;
                }
            }
            boolean lasts = false;
            for (Served each : served) {
                Waiting waiting = each.waiting.get();
                if (waiting == null) {
                    served.remove(each);
                } else if (each.rule == SearchRule.WAITING) {
                    lasts |= waiting.lasts();
                }
            }
            return lasts ? waitBudget : null;
        }

        private void search(CollectionBudget budget) {
            hasSearched = true;
            due = Math.max(0, due - 1);
            Reclaiming.search(budget);
            LockSupport.parkNanos(NOTICE_NANOS);
            for (Served each : served) {
                Waiting waiting = each.waiting.get();
                Thread main = each.main.get();
                if (waiting != null && main != null) {
                    waiting.call(main);
                }
            }
        }
    }
}
