/**
 * A network that exists only in memory: hosts, the links between them, and a clock of its own.
 * {@link io.github.pysockets.virtual.VirtualNetwork} is where to begin.
 */
package io.github.pysockets.virtual;
