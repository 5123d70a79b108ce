package io.github.pysockets.jython;

import io.github.pysockets.python.CallFailure;
import io.github.pysockets.stack.StackException;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyObject;

/** The forms of value that socket options take: {@code getsockopt} and {@code setsockopt}. */
final class OptionArguments {
    private static final int LONGEST = 1024;

    private OptionArguments() {}

    static PyObject get(SocketObject self, Arguments arguments) throws StackException, CallFailure {
        int level = arguments.number(0);
        int option = arguments.number(1);
        int size = arguments.number(2, 0);
        if (size == 0) {
            return Py.newInteger(self.socket().getOption(level, option));
        }
        if (size < 0 || size > LONGEST) {
            throw self.bindings().errors().error("getsockopt buflen out of range");
        }
        return Bytes.str(StructOrder.read(self.socket(), level, option, size));
    }

    static PyObject set(SocketObject self, Arguments arguments) throws StackException, CallFailure {
        int level = arguments.number(0);
        int option = arguments.number(1);
        Integer number = numberOrNull(arguments.get(2));
        if (number != null) {
            self.socket().setOption(level, option, number.intValue());
            return Py.None;
        }
        try (Bytes.Source value = Bytes.fixedSource(arguments, 2)) {
            self.socket().setOption(level, option, StructOrder.toNative(level, option, value.copy()));
            return Py.None;
        }
    }

    private static Integer numberOrNull(PyObject value) {
        try {
            return Arguments.toInt(value);
        } catch (PyException other) {
            // Whatever it is, CPython then looks whether the value is a struct.
            if (other.match(Py.Exception)) {
                return null;
            }
            throw other;
        }
    }
}
