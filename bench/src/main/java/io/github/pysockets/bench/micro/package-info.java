/**
 * What the microbenchmarks of all layers have in common: how JMH runs them, and Linux's numbers. {@code bench/jmh} is
 * the command.
 */
package io.github.pysockets.bench.micro;
