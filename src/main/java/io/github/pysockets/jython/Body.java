package io.github.pysockets.jython;

import io.github.pysockets.python.CallFailure;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.StackException;
import org.python.core.PyObject;

/** What a method of a type, or a function of a module, does. */
@FunctionalInterface
interface Body<S> {
    /**
     * Runs the call. Its failures become the exceptions that {@link SocketErrors} says.
     *
     * @param self the object; for a function what it was made with
     */
    PyObject call(S self, Arguments arguments) throws StackException, NameServiceException, CallFailure;
}
