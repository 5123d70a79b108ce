package io.github.pysockets.jython;

import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyInteger;
import org.python.core.PyLong;
import org.python.core.PyObject;
import org.python.core.io.RawIOBase;

/** What a script may name a descriptor by, as CPython's PyObject_AsFileDescriptor has it; and Jython's own files. */
final class DescriptorArguments {
    private DescriptorArguments() {}

    /**
     * The descriptor of an argument: a number, or an object with a method {@code fileno()}.
     *
     * @return a PyInteger that is not negative; or the argument that stands for a file of Jython's own, for {@link
     *     #file}
     */
    static PyObject descriptor(PyObject value) {
        if (value instanceof PyInteger || value instanceof PyLong) {
            return Py.newInteger(notNegative(value));
        }
        if (file(value) != null) {
            return value;
        }
        PyObject method = filenoMethod(value);
        if (method == null) {
            throw Py.TypeError("argument must be an int, or have a fileno() method");
        }
        PyObject told = method.__call__();
        if (told instanceof PyInteger || told instanceof PyLong) {
            return Py.newInteger(notNegative(told));
        }
        if (file(told) != null) {
            return told;
        }
        throw Py.TypeError("fileno() returned a non-integer");
    }

    /** Null where there is none, whatever looking for it has raised. */
    private static PyObject filenoMethod(PyObject value) {
        try {
            return value.__findattr__("fileno");
        } catch (PyException none) {
            if (none.match(Py.Exception)) {
                return null;
            }
            throw none;
        }
    }

    /** A file of Jython's own, or null. */
    static RawIOBase file(PyObject value) {
        return value.__tojava__(RawIOBase.class) instanceof RawIOBase file ? file : null;
    }

    private static int notNegative(PyObject value) {
        int number;
        if (value instanceof PyInteger small) {
            number = small.getValue();
        } else {
            // As CPython shows a number that no C int holds.
            number = ((PyLong) value).getValue().bitLength() < Integer.SIZE
                    ? ((PyLong) value).getValue().intValue()
                    : -1;
        }
        if (number < 0) {
            throw Py.ValueError("file descriptor cannot be a negative integer (" + number + ")");
        }
        return number;
    }
}
