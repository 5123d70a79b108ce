package io.github.pysockets.virtual;

import java.util.Arrays;

/** Pending events, the next one first: a binary heap from which any can be taken. */
final class EventQueue {
    private Event[] heap = new Event[64];
    private int size;
    private long sequence;

    boolean isEmpty() {
        return size == 0;
    }

    /** The next event, which stays; null for none. */
    Event peek() {
        return heap[0];
    }

    /** Adds an event, or moves it to another time. */
    void schedule(Event event, long time) {
        cancel(event);
        event.time = time;
        event.sequence = sequence++;
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        up(size++, event);
    }

    /** Takes an event out, if it is pending. */
    void cancel(Event event) {
        int at = event.index;
        if (at < 0) {
            return;
        }
        event.index = -1;
        Event last = heap[--size];
        heap[size] = null;
        if (last == event) {
            return;
        }
        if (at > 0 && last.isBefore(heap[parent(at)])) {
            up(at, last);
        } else {
            down(at, last);
        }
    }

    /** Takes the next event; there must be one. */
    Event take() {
        Event next = heap[0];
        cancel(next);
        return next;
    }

    private static int parent(int at) {
        return (at - 1) >>> 1;
    }

    private void put(int at, Event event) {
        heap[at] = event;
        event.index = at;
    }

    /** Puts an event at a free place, or above it. */
    private void up(int from, Event event) {
        int at = from;
        while (at > 0 && event.isBefore(heap[parent(at)])) {
            put(at, heap[parent(at)]);
            at = parent(at);
        }
        put(at, event);
    }

    /** Puts an event at a free place, or below it. */
    private void down(int from, Event event) {
        int at = from;
        for (int child = 2 * at + 1; child < size; child = 2 * at + 1) {
            if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
                child++;
            }
            if (!heap[child].isBefore(event)) {
                break;
            }
            put(at, heap[child]);
            at = child;
        }
        put(at, event);
    }
}
