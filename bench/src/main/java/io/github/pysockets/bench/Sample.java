package io.github.pysockets.bench;

/**
 * The result of one request to a worker.
 *
 * @param operations how many operations of the workload were done
 * @param bytes what it moved, or holds
 * @param wall seconds by the clock
 * @param processor seconds of all threads of the process, as the operating system counts them in steps of 10 ms; null
 *     where it does not
 * @param ownProcessor the same by the worker's own account, null where it has none
 */
record Sample(long operations, long bytes, double wall, Double processor, Double ownProcessor) {
    Sample withoutProcessor() {
        return new Sample(operations, bytes, wall, null, null);
    }
}
