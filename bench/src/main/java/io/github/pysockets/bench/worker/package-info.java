/**
 * What the benchmark's Python worker does, in plain Java: what is possible on a JVM.
 * {@code bench/workloads/worker.py} describes the protocol.
 */
package io.github.pysockets.bench.worker;
