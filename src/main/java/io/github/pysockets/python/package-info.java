/**
 * Python's rules on top of a stack: modes, waiting, addresses, descriptors.
 *
 * <p>A {@link io.github.pysockets.python.SocketRuntime} belongs to one interpreter. It makes
 * {@link io.github.pysockets.python.PySocket sockets}, which a bridge hands to Python code, and owns every
 * {@link io.github.pysockets.python.Descriptor} behind them. {@link io.github.pysockets.python.Waiting} is the only
 * place where a thread waits, so timeouts, closing and interrupts are decided there. Results that cross into Python are
 * numbers; {@link io.github.pysockets.python.Codes} defines the negative ones. Nothing here knows which Python it
 * serves.
 */
package io.github.pysockets.python;
