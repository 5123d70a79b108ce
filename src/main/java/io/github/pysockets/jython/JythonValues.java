package io.github.pysockets.jython;

import io.github.pysockets.python.Values;
import java.nio.charset.StandardCharsets;
import java.math.BigInteger;
import org.python.core.Py;
import org.python.core.PyLong;
import org.python.core.PyObject;
import org.python.core.PyTuple;

/** Makes Jython's values from Java ones. */
final class JythonValues implements Values {
    @Override
    public PyTuple tuple(Object... items) {
        PyObject[] values = new PyObject[items.length];
        for (int i = 0; i < items.length; i++) {
            values[i] = value(items[i]);
        }
        return new PyTuple(values);
    }

    /** The Python value of a number, a String, null, or what this object made. */
    static PyObject value(Object item) {
        return switch (item) {
            case null -> Py.None;
            case PyObject made -> made;
            case Integer number -> Py.newInteger(number);
            case Long number -> Py.newInteger(number);
            case String text -> text(text);
            default -> throw new IllegalArgumentException("no Python value: " + item.getClass());
        };
    }

    /** A str; text that is more than ASCII comes as a file name does. */
    private static PyObject text(String text) {
        return Bytes.str(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public PyObject bytes(byte[] bytes) {
        return Bytes.str(bytes);
    }

    /** File names are the bytes that they are: Python 2's are. */
    @Override
    public PyObject path(byte[] bytes) {
        return Bytes.str(bytes);
    }

    @Override
    public PyObject unsigned(long bits) {
        return bits >= 0 ? Py.newInteger(bits) : new PyLong(new BigInteger(Long.toUnsignedString(bits)));
    }
}
