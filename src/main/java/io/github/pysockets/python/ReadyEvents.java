package io.github.pysockets.python;

import java.util.Arrays;

/** What a wait has found, on its way to Python. Used by one call at a time, and again by later ones. */
public final class ReadyEvents {
    private static final int FIRST_CAPACITY = 8;

    private int[] numbers = new int[FIRST_CAPACITY];
    private int[] events = new int[FIRST_CAPACITY];
    private int count;

    /** Descriptor numbers, to be written by the wait itself. */
    public int[] numbers() {
        return numbers;
    }

    /** The events of each. */
    public int[] events() {
        return events;
    }

    /** Makes room for so many, and forgets what there was. */
    public void prepare(int capacity) {
        if (capacity > numbers.length) {
            numbers = new int[capacity];
            events = new int[capacity];
        }
        count = 0;
    }

    /** Says how many have been written to the arrays. */
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
     * The Python value: 0 for nothing; for one descriptor an int whose low 32 bits are the number, and the next ones its
     * events, which is cheaper than a tuple; for more a tuple (number, events, number, events, ...).
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
