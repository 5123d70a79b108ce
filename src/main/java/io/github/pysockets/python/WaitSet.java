package io.github.pysockets.python;

import io.github.pysockets.stack.StackException;

/** Descriptors that an event loop waits for. Events are those of poll(2), which epoll(7) has too. */
interface WaitSet {
    /** Begins to wait for a descriptor. Returns 0 or one of {@link Codes}. */
    int add(int number, int events);

    /** Waits for other events of a descriptor. */
    int modify(int number, int events);

    /** Waits for a descriptor no more. */
    int remove(int number);

    /**
     * Waits until a descriptor is ready.
     *
     * @param nanos longest wait in nanoseconds; 0 for none, negative for no limit
     * @param found receives what is ready
     * @return 0 or more, or one of {@link Codes}
     */
    int await(long nanos, ReadyEvents found);

    void close() throws CallFailure, StackException;
}
