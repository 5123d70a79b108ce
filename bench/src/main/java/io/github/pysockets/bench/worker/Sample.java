package io.github.pysockets.bench.worker;

/** What was done, and the seconds of time and of processor time, all threads, that it took. */
record Sample(long operations, long bytes, double wall, double cpu) {}
