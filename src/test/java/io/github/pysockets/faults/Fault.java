package io.github.pysockets.faults;

import io.github.pysockets.stack.NameServiceException;

/** What becomes of one call. */
public sealed interface Fault {
    /** The call is not made, and fails. */
    record Fails(int errno) implements Fault {}

    /** The call is made, and fails all the same: close(2) is over even so, and a connection goes on. */
    record FailsAfterwards(int errno) implements Fault {}

    /** The call is made for {@code 1 / divisor} of the bytes, and at least one. */
    record Short(int divisor) implements Fault {}

    /** Nothing is ready yet: a wait ends before its time, a look finds nothing. */
    record NotYet() implements Fault {}

    /** All that is waited for is said to be ready, and is not. */
    record Spurious() implements Fault {}

    /** What is ready, and these events besides. */
    record Besides(int events) implements Fault {}

    /** A name service has no answer. */
    record Unanswered(NameServiceException.Range range, int code) implements Fault {}
}
