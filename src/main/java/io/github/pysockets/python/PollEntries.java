package io.github.pysockets.python;

import static io.github.pysockets.abi.PollEvents.POLLNVAL;

import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.Poller;
import java.util.Arrays;

/**
 * The descriptors of one poll(2), with the events to wait for and those that have come. One thread fills it, waits,
 * reads and clears it, and reuses it for the next wait.
 *
 * <p>A place has no descriptor if the number is not the interpreter's, or is closed by now. It then reports POLLNVAL,
 * as the kernel does for a number that is not open.
 */
final class PollEntries {
    private static final int FIRST_CAPACITY = 8;

    private Descriptor[] descriptors = new Descriptor[FIRST_CAPACITY];
    /** The endpoints of the descriptors. The poll skips null. */
    private Endpoint[] endpoints = new Endpoint[FIRST_CAPACITY];
    private short[] events = new short[FIRST_CAPACITY];
    private short[] ready = new short[FIRST_CAPACITY];
    private int count;

    /** Whether some place has no open descriptor: then there is no wait. */
    private boolean someInvalid;

    private boolean entered;

    /** @param descriptor null for none */
    void add(Descriptor descriptor, int wanted) {
        if (count == endpoints.length) {
            grow();
        }
        descriptors[count] = descriptor;
        events[count] = (short) wanted;
        count++;
    }

    private void grow() {
        int capacity = 2 * count;
        descriptors = Arrays.copyOf(descriptors, capacity);
        endpoints = Arrays.copyOf(endpoints, capacity);
        events = Arrays.copyOf(events, capacity);
        ready = Arrays.copyOf(ready, capacity);
    }

    int count() {
        return count;
    }

    /** The events that have come for a place: POLLIN and so on, 0 for none. */
    int ready(int place) {
        return Short.toUnsignedInt(ready[place]);
    }

    /** From now on the numbers cannot be closed and reused. */
    void enter() {
        someInvalid = false;
        entered = true;
        for (int i = 0; i < count; i++) {
            ready[i] = 0;
            if (descriptors[i] != null && descriptors[i].enter()) {
                endpoints[i] = descriptors[i].endpoint();
            } else {
                descriptors[i] = null;
                endpoints[i] = null;
                someInvalid = true;
            }
        }
    }

    /** Undoes {@link #enter}, if it was called, and forgets the descriptors. */
    void leave() {
        for (int i = 0; i < count; i++) {
            if (entered && descriptors[i] != null) {
                descriptors[i].leave();
            }
            descriptors[i] = null;
            endpoints[i] = null;
        }
        entered = false;
        count = 0;
    }

    /** Lets a close of any of the descriptors wake the wait. */
    void add(Waiter waiter) {
        for (int i = 0; i < count; i++) {
            if (descriptors[i] != null) {
                descriptors[i].add(waiter);
            }
        }
    }

    void remove(Waiter waiter) {
        for (int i = 0; i < count; i++) {
            if (descriptors[i] != null) {
                descriptors[i].remove(waiter);
            }
        }
    }

    /** Finds descriptors that were closed since {@link #enter}. */
    void findClosed() {
        for (int i = 0; i < count; i++) {
            someInvalid |= isInvalid(i);
        }
    }

    private boolean isInvalid(int place) {
        return descriptors[place] == null || descriptors[place].isClosed();
    }

    /** Stops waiting for anything at a place. */
    void pass(int place) {
        endpoints[place] = null;
    }

    /**
     * Polls once.
     *
     * @return above 0 where places are ready, including those without a descriptor; 0 as {@link Poller} returns it; or
     *     a negated errno
     */
    int poll(Poller poller, long nanos) {
        int found = poller.poll(endpoints, events, ready, count, someInvalid ? 0 : nanos);
        if (found < 0 || !someInvalid) {
            return found;
        }
        for (int i = 0; i < count; i++) {
            if (isInvalid(i)) {
                ready[i] = POLLNVAL;
                // Places that were ready before they were closed count twice. It only matters that the count is above
                // 0.
                found++;
            }
        }
        return found;
    }
}
