package io.github.pysockets.python;

/** Takes what a poll has found. */
@FunctionalInterface
public interface ReadySink {
    /**
     * @param number the descriptor, as the script has it
     * @param events POLLIN and so on, or EPOLLIN and so on
     */
    void add(int number, int events);
}
