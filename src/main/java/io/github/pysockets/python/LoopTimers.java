package io.github.pysockets.python;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The timers of an event loop: a binary heap in which each timer knows its place. So a cancelled one is taken out at
 * once, and nothing is left of it. Thread-safe.
 */
final class LoopTimers {
    private static final int FIRST_CAPACITY = 16;

    private LoopTimer[] heap = new LoopTimer[FIRST_CAPACITY];
    private int count;
    private long numbers;

    /** @param when in seconds of the loop's clock */
    synchronized LoopTimer add(double when, Object owner) {
        LoopTimer timer = new LoopTimer(when, numbers++, owner);
        if (count == heap.length) {
            heap = Arrays.copyOf(heap, 2 * count);
        }
        rise(timer, count++);
        return timer;
    }

    /** Takes a timer out, if it is one of these. */
    synchronized void cancel(LoopTimer timer) {
        if (timer.place >= 0 && timer.place < count && heap[timer.place] == timer) {
            remove(timer.place);
        }
    }

    /** The time of the first; positive infinity where there is none. */
    synchronized double first() {
        return count == 0 ? Double.POSITIVE_INFINITY : heap[0].when;
    }

    synchronized int count() {
        return count;
    }

    /** Takes those out whose time is before {@code end}, in their order. */
    synchronized void takeDue(double end, Consumer<Object> due) {
        while (count > 0 && heap[0].when < end) {
            LoopTimer first = heap[0];
            remove(0);
            due.accept(first.owner);
        }
    }

    synchronized void clear() {
        for (int i = 0; i < count; i++) {
            heap[i].place = LoopTimer.NOWHERE;
        }
        heap = new LoopTimer[FIRST_CAPACITY];
        count = 0;
    }

    private void remove(int place) {
        heap[place].place = LoopTimer.NOWHERE;
        LoopTimer last = heap[--count];
        heap[count] = null;
        if (place < count) {
            // The last one may belong above or below the gap.
            sink(last, place);
            rise(last, last.place);
        } else if (count > FIRST_CAPACITY && count < heap.length / 4) {
            heap = Arrays.copyOf(heap, heap.length / 2);
        }
    }

    private void rise(LoopTimer timer, int from) {
        int place = from;
        while (place > 0) {
            int above = (place - 1) / 2;
            if (!timer.isBefore(heap[above])) {
                break;
            }
            put(heap[above], place);
            place = above;
        }
        put(timer, place);
    }

    private void sink(LoopTimer timer, int from) {
        int place = from;
        for (int below = 2 * place + 1; below < count; below = 2 * place + 1) {
            if (below + 1 < count && heap[below + 1].isBefore(heap[below])) {
                below++;
            }
            if (!heap[below].isBefore(timer)) {
                break;
            }
            put(heap[below], place);
            place = below;
        }
        put(timer, place);
    }

    private void put(LoopTimer timer, int place) {
        heap[place] = timer;
        timer.place = place;
    }
}
