/**
 * The contract of a BSD socket layer: what every stack provides, and what the rest of PySockets builds on.
 *
 * <p>{@link io.github.pysockets.stack.SocketStack} is the root; its Javadoc has the rules. A stack makes
 * {@link io.github.pysockets.stack.Endpoint endpoints}, waits for them with
 * {@link io.github.pysockets.stack.Poller pollers} and answers questions about names with its
 * {@link io.github.pysockets.stack.NameService}. What only some stacks can do is in small interfaces of its own:
 * {@link io.github.pysockets.stack.HasAbilities}. This package knows neither Python nor an operating system; numbers
 * are those of package {@code abi}.
 *
 * <p>To write a stack, begin with {@link io.github.pysockets.stack.UnsupportedStack}. To change what another stack
 * does, extend {@link io.github.pysockets.stack.ForwardingStack}.
 */
package io.github.pysockets.stack;
