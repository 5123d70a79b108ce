package io.github.pysockets.python;

import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.StackException;

/** One call to a name service. */
@FunctionalInterface
interface NameQuery<T> {
    T ask(NameService names) throws NameServiceException, StackException;
}
