package io.github.pysockets.python;

import static io.github.pysockets.abi.PollEvents.POLLHUP;
import static io.github.pysockets.abi.PollEvents.POLLRDHUP;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.PacedEndpoint;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackClock;
import io.github.pysockets.stack.StackException;
import java.lang.ref.WeakReference;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * All waits of one interpreter, and every way in which a wait ends: the awaited event, the deadline, a close by another
 * thread, an interrupt, the end of the interpreter's sockets. Calls on descriptors come here through
 * {@link BlockingCalls}.
 */
final class Waiting {
    private static final int HUNG_UP = POLLHUP | POLLRDHUP;

    /**
     * Each idle poller may hold a descriptor. A thousand threads that once waited together must not leave a thousand
     * pollers.
     */
    private static final int MOST_IDLE = 16;

    private final SocketStack stack;
    private final StackClock clock;
    private final BooleanSupplier onInterrupt;
    private final ConcurrentLinkedDeque<Waiter> idle = new ConcurrentLinkedDeque<>();
    /** The approximate size of {@link #idle}. */
    private final AtomicInteger idleCount = new AtomicInteger();
    /** All of them, in use or idle. */
    private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
    /** Waiters in use that no descriptor's close would wake. */
    private final Set<Waiter> apart = ConcurrentHashMap.newKeySet();

    private final PassedOnInterrupts interrupts = new PassedOnInterrupts();

    /** Weak, because sockets that live on after their interpreter refer to this object. */
    private volatile WeakReference<DroppedActions> dropped = new WeakReference<>(null);

    private volatile Blocking blocking = Blocking.UNTOLD;
    private volatile boolean closed;

    /** @param onInterrupt asked on the waiting thread once it was interrupted; returns whether to wait on */
    Waiting(SocketStack stack, BooleanSupplier onInterrupt) {
        this.stack = stack;
        clock = StackClock.of(stack);
        this.onInterrupt = onInterrupt;
    }

    /** What all waits are measured by. */
    StackClock clock() {
        return clock;
    }

    /** Whether the stack has a clock of its own. */
    boolean hasOwnClock() {
        return clock != StackClock.SYSTEM;
    }

    /**
     * Waits for the direction's events and tries, until an attempt returns something other than {@code -EAGAIN}.
     *
     * @return the attempt's result, the deadline's code, {@link Codes#INTERRUPTED}, or {@code -EBADF} once the
     *     descriptor is closed
     */
    int until(Descriptor descriptor, Direction direction, Deadline deadline, Attempt attempt) {
        return wait(descriptor, waiter -> {
            Backoff pause = null;
            for (;;) {
                // Checked before every wait: an earlier close has already woken the waiters that it found.
                if (descriptor.isClosed()) {
                    return -Errno.EBADF;
                }
                int ready = poll(waiter, descriptor.endpoint(), direction.events(), deadline.left());
                if (descriptor.isClosed()) {
                    return -Errno.EBADF;
                }
                if (ready < 0) {
                    return ready;
                }
                boolean mayBeOver = (ready & HUNG_UP) != 0 && direction.hangUp() != Direction.NONE;
                long heldBack = mayBeOver ? heldBack(descriptor) : 0;
                int result = ready == 0 ? -Errno.EAGAIN : attempt.run();
                if (result == -Errno.EAGAIN && mayBeOver) {
                    // Tried once more: one "not yet" must not lose what the peer sent before it hung up.
                    result = attempt.run();
                    // "Not yet" of a stack that limits a rate says nothing of the peer.
                    if (result == -Errno.EAGAIN && heldBack(descriptor) == heldBack) {
                        return direction.hangUp();
                    }
                }
                if (result != -Errno.EAGAIN) {
                    return result;
                }
                if (deadline.isOver()) {
                    return deadline.code();
                }
                if (ready != 0) {
                    pause = pause == null ? new Backoff() : pause;
                    int failure = poll(waiter, null, 0, pause.next(deadline));
                    if (failure < 0) {
                        return failure;
                    }
                }
            }
        });
    }

    private static long heldBack(Descriptor descriptor) {
        PacedEndpoint paced = descriptor.endpoint().ability(PacedEndpoint.class);
        return paced == null ? 0 : paced.heldBack();
    }

    /**
     * Tries again and again with growing pauses, where the kernel offers nothing to wait for. An example is connecting
     * to a UNIX-domain listener whose queue is full.
     */
    int untilTried(Descriptor descriptor, Deadline deadline, Attempt attempt) {
        return wait(descriptor, waiter -> {
            Backoff pause = new Backoff();
            for (;;) {
                int polled = poll(waiter, null, 0, pause.next(deadline));
                if (polled < 0) {
                    return polled;
                }
                if (descriptor.isClosed()) {
                    return -Errno.EBADF;
                }
                int result = attempt.run();
                if (result != -Errno.EAGAIN) {
                    return result;
                }
                if (deadline.isOver()) {
                    return deadline.code();
                }
            }
        });
    }

    /**
     * Waits until one of several descriptors is ready or closed.
     *
     * @param entries entered
     * @return above 0 where {@code entries} holds results; 0 once the deadline is over; or a negative code
     */
    int any(PollEntries entries, Deadline deadline) {
        return withWaiter(waiter -> {
            int found = waiter.look(entries);
            return found != 0 || deadline.isOver() ? found : await(waiter, entries, deadline);
        });
    }

    private int await(Waiter waiter, PollEntries entries, Deadline deadline) {
        entries.add(waiter);
        apart.add(waiter);
        try {
            while (!closed) {
                // Before every wait: an earlier close has already woken the waiters that it found.
                entries.findClosed();
                int found = unlessHandled(waiter, waiter.poll(entries, deadline.left()));
                // The end of all sockets counts, not the effect of one closed socket on another.
                if (found != 0 && closed) {
                    break;
                }
                if (found != 0 || deadline.isOver()) {
                    return found;
                }
            }
            return -Errno.EBADF;
        } finally {
            apart.remove(waiter);
            entries.remove(waiter);
        }
    }

    /**
     * Waits for something that another thread does and then reports by {@link Waiter#wake}.
     *
     * @param begin receives the waiter to wake
     * @return 0 once it is done, the deadline's code, or a negative code
     */
    int untilDone(Consumer<Waiter> begin, BooleanSupplier done, Deadline deadline) {
        return withWaiter(waiter -> {
            apart.add(waiter);
            try {
                begin.accept(waiter);
                while (!closed) {
                    if (done.getAsBoolean()) {
                        return 0;
                    }
                    if (deadline.isOver()) {
                        return deadline.code();
                    }
                    int polled = poll(waiter, null, 0, deadline.left());
                    if (polled < 0) {
                        return polled;
                    }
                }
                return -Errno.EBADF;
            } finally {
                apart.remove(waiter);
            }
        });
    }

    /**
     * Waits for a condition that only repeated checks can detect, with growing pauses.
     *
     * @return 0 once it is true, the deadline's code, or a negative code
     */
    int untilSo(BooleanSupplier isSo, Deadline deadline) {
        return withWaiter(waiter -> {
            apart.add(waiter);
            try {
                Backoff pause = new Backoff();
                for (;;) {
                    int polled = poll(waiter, null, 0, pause.next(deadline));
                    if (polled < 0) {
                        return polled;
                    }
                    // First: the end of all sockets may make the condition true.
                    if (closed) {
                        return -Errno.EBADF;
                    }
                    if (isSo.getAsBoolean()) {
                        return 0;
                    }
                    if (deadline.isOver()) {
                        return deadline.code();
                    }
                }
            } finally {
                apart.remove(waiter);
            }
        });
    }

    /** Polls once. An interrupt after which the wait continues counts as no event. */
    private int poll(Waiter waiter, Endpoint endpoint, int events, long nanos) {
        return unlessHandled(waiter, waiter.poll(endpoint, events, nanos));
    }

    private int unlessHandled(Waiter waiter, int polled) {
        if (waiter.takeCall()) {
            runDropped();
        }
        return polled == Codes.INTERRUPTED && waiter.waitsOn(onInterrupt) ? 0 : polled;
    }

    /** Interrupts a thread if it waits here, and only then. The usual handler decides. See {@link Waiter#interrupt}. */
    boolean interrupt(Thread thread) {
        return interrupt(thread, onInterrupt);
    }

    /**
     * As above.
     *
     * @param decides asked by the thread whether to wait on
     * @return whether it waits here
     */
    boolean interrupt(Thread thread, BooleanSupplier decides) {
        boolean waits = false;
        for (Waiter waiter : waiters) {
            // More than one where the thread waits within a handler that another wait has called.
            waits |= waiter.interrupt(thread, decides);
        }
        return waits;
    }

    /** Sets whom threads that wait tell so. Before the first wait. */
    void tell(Blocking told) {
        blocking = told;
    }

    /** Sets who closes what dropped objects leave behind, on threads that wait. */
    void serve(DroppedActions actions) {
        dropped = new WeakReference<>(actions);
    }

    private void runDropped() {
        DroppedActions actions = dropped.get();
        if (actions != null) {
            actions.run();
        }
    }

    /** Runs the actions that came while nobody waited. */
    private void runDue() {
        DroppedActions actions = dropped.get();
        if (actions != null && actions.isDue()) {
            actions.run();
        }
    }

    /** Has one of the threads that wait run the actions for dropped objects; false where none waits. */
    boolean callOne() {
        for (Waiter waiter : waiters) {
            if (waiter.isUsed()) {
                waiter.call();
                return true;
            }
        }
        return false;
    }

    /** Whether a thread waits. */
    boolean isUsed() {
        return waiters.stream().anyMatch(Waiter::isUsed);
    }

    /** Has a thread run the actions for dropped objects, if it waits. */
    void call(Thread thread) {
        for (Waiter waiter : waiters) {
            if (waiter.isOf(thread)) {
                waiter.call();
            }
        }
    }

    /** Whether a thread has waited since the last time that this was asked. */
    boolean lasts() {
        boolean any = false;
        for (Waiter waiter : waiters) {
            any |= waiter.lasts();
        }
        return any;
    }

    /** Makes the calling thread's next wait end with {@link Codes#INTERRUPTED} too, if it comes soon. */
    void interruptNext() {
        interrupts.passOn();
    }

    @FunctionalInterface
    private interface Wait {
        int with(Waiter waiter);
    }

    private int wait(Descriptor descriptor, Wait wait) {
        return withWaiter(waiter -> {
            descriptor.add(waiter);
            try {
                return wait.with(waiter);
            } finally {
                descriptor.remove(waiter);
            }
        });
    }

    private int withWaiter(Wait wait) {
        runDue();
        Waiter waiter;
        try {
            waiter = take();
        } catch (StackException noPoller) {
            return -noPoller.errno();
        }
        try {
            waiter.takeUp();
            interrupts.apply();
            DroppedSearch.notice();
            return wait.with(waiter);
        } finally {
            give(waiter);
        }
    }

    private Waiter take() throws StackException {
        Waiter waiter = idle.pollFirst();
        if (waiter == null) {
            Waiter made = new Waiter(DescriptorShortage.make(stack::newPoller), blocking);
            waiters.add(made);
            return made;
        }
        idleCount.decrementAndGet();
        return waiter;
    }

    private void give(Waiter waiter) {
        waiter.putDown();
        DroppedSearch.notice();
        if (closed || idleCount.get() >= MOST_IDLE) {
            close(waiter);
            return;
        }
        idleCount.incrementAndGet();
        idle.addFirst(waiter);
        if (closed) {
            closeIdle();
        }
    }

    /** Refuses new waits that no descriptor's close would end. */
    void refuse() {
        closed = true;
    }

    /**
     * Ends the waits that no descriptor's close ends. Closes the idle pollers; the others are closed when they are
     * given back.
     */
    void close() {
        refuse();
        apart.forEach(Waiter::wake);
        closeIdle();
    }

    private void closeIdle() {
        for (Waiter waiter = idle.pollFirst(); waiter != null; waiter = idle.pollFirst()) {
            close(waiter);
        }
    }

    private void close(Waiter waiter) {
        waiters.remove(waiter);
        waiter.close();
    }
}
