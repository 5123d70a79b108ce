/**
 * What the benchmark's Python worker does, in plain Java: what is possible on a JVM.
 * {@code bench/workloads/worker.py} says
 * how it is talked to.
 */
package io.github.pysockets.bench.worker;
