/**
 * The harness of the benchmark: finds the runtimes, has each do the same workloads in turn, and shows what came out.
 *
 * <p>A runtime is measured in a process of its own, a {@link io.github.pysockets.bench.Worker}, against one neutral
 * peer. The harness itself only asks, waits, and calculates.
 */
package io.github.pysockets.bench;
