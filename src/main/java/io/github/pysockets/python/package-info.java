/**
 * Python's rules on top of a stack: modes, waiting, addresses, descriptors.
 *
 * <p>A {@link io.github.pysockets.python.SocketRuntime} belongs to one interpreter. It makes
 * {@link io.github.pysockets.python.PySocket sockets}, which a bridge hands to Python code, and owns every
 * {@link io.github.pysockets.python.Descriptor} behind them. {@link io.github.pysockets.python.Waiting} is the one place where a
 * thread waits, and so the one place that decides on timeouts, closing and interrupts. Results that cross into Python are numbers;
 * {@link io.github.pysockets.python.Codes} says what the negative ones mean. Nothing here knows which Python it serves.
 */
package io.github.pysockets.python;
