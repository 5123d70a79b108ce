package io.github.pysockets.python;

import java.util.Arrays;

/** The results of a wait, on their way to Python. Used by one call at a time, and reused by later ones. */
public final class ReadyEvents {
    private static final int FIRST_CAPACITY = 8;

    private int[] numbers = new int[FIRST_CAPACITY];
    private int[] events = new int[FIRST_CAPACITY];
    private int count;

    /** Descriptor numbers, written by the wait itself. */
    public int[] numbers() {
        return numbers;
    }

    /** The events of each. */
    public int[] events() {
        return events;
    }

    /** Makes room for {@code capacity} results, and forgets the old ones. */
    public void prepare(int capacity) {
        if (capacity > numbers.length) {
            numbers = new int[capacity];
            events = new int[capacity];
        }
        count = 0;
    }

    /** How many results there are. */
    public int count() {
        return count;
    }

    /** Sets how many results the arrays hold. */
    public void setCount(int newCount) {
        count = newCount;
    }

    void add(int number, int what) {
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * count);
            events = Arrays.copyOf(events, 2 * count);
        }
        numbers[count] = number;
        events[count] = what;
        count++;
    }

    /**
     * Returns the Python value. For no results it is 0. For one descriptor it is an int, which is cheaper than a tuple:
     * the low 32 bits are the number, the next 32 its events. For more it is a tuple (number, events, number, events,
     * ...).
     */
    public Object toPython(Values values) {
        if (count == 0) {
            return 0;
        }
        if (count == 1) {
            return Integer.toUnsignedLong(events[0]) << Integer.SIZE | numbers[0];
        }
        Object[] flat = new Object[2 * count];
        for (int i = 0; i < count; i++) {
            flat[2 * i] = numbers[i];
            flat[2 * i + 1] = events[i];
        }
        return values.tuple(flat);
    }
}
