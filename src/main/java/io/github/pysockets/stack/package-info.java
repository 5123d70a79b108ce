/**
 * The contract of a BSD socket layer: what every stack supplies, and what the rest of PySockets builds on.
 *
 * <p>{@link io.github.pysockets.stack.SocketStack} is the root, and its Javadoc is the architecture document. A stack makes
 * {@link io.github.pysockets.stack.Endpoint endpoints}, waits for them with {@link io.github.pysockets.stack.Poller pollers} and
 * answers questions about names with its {@link io.github.pysockets.stack.NameService}. Nothing here knows of Python, nor of an
 * operating system: numbers such as an address family are open ints whose meaning the stack defines.
 */
package io.github.pysockets.stack;
