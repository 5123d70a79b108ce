package io.github.pysockets.jython;

import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_ERROR;

import io.github.pysockets.python.CallFailure;
import io.github.pysockets.stack.StackException;
import java.nio.ByteBuffer;
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
            int value = self.socket().getOption(level, option);
            return isError(level, option) ? self.bindings().errors().number(value) : Py.newInteger(value);
        }
        if (size < 0 || size > LONGEST) {
            throw self.bindings().errors().error("getsockopt buflen out of range");
        }
        byte[] value = StructOrder.read(self.socket(), level, option, size);
        if (isError(level, option) && value.length == Integer.BYTES) {
            ByteBuffer number = ByteBuffer.wrap(value);
            number.putInt(0, self.bindings().errors().ownErrno(number.getInt(0)));
        }
        return Bytes.str(value);
    }

    /** Whether the value is an errno. */
    private static boolean isError(int level, int option) {
        return level == SOL_SOCKET && option == SO_ERROR;
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
