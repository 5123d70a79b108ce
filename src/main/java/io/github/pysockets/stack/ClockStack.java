package io.github.pysockets.stack;

/**
 * A stack with a clock of its own: {@link Poller} counts the nanoseconds of that clock, and whoever sets a deadline
 * reads it.
 */
public interface ClockStack extends SocketStack {
    StackClock clock();

    /** Announces a thread that is about to use the stack. */
    Announcement announce();
}
