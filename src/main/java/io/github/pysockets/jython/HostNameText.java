package io.github.pysockets.jython;

import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyUnicode;

/** Names of hosts between unicode and the form that goes over the wire: IDNA, RFC 3490. */
final class HostNameText {
    private static final String CODEC = "idna";

    private HostNameText() {}

    /** The ASCII form. UnicodeError for a name that has none. */
    static String encoded(PyUnicode name) {
        try {
            return name.encode(CODEC);
        } catch (PyException failure) {
            throw ofPython(failure);
        }
    }

    static PyObject decoded(String name) {
        try {
            return new PyString(name).decode(CODEC);
        } catch (PyException failure) {
            throw ofPython(failure);
        }
    }

    /** Jython's codec lets exceptions of Java through, which no script expects. */
    private static PyException ofPython(PyException failure) {
        return failure.match(Py.BaseException)
                ? failure
                : SocketErrors.exception(Py.UnicodeError, new PyString("label empty or too long"));
    }
}
