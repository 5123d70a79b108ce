package io.github.pysockets.jython;

import org.python.core.Py;
import org.python.core.PyBuiltinFunction;
import org.python.core.PyMethod;
import org.python.core.PyObject;
import org.python.core.PyString;

/** {@code SSLError.__str__}: the text alone, without the number. */
final class SslErrorText extends PyBuiltinFunction {
    private static final long serialVersionUID = 1L;

    SslErrorText() {
        super("__str__", null);
    }

    @Override
    public PyObject __get__(PyObject object, PyObject type) {
        return object == null || object == Py.None ? this : new PyMethod(this, object, type);
    }

    @Override
    public PyObject __call__(PyObject[] given, String[] keywords) {
        if (given.length != 1 || keywords.length != 0) {
            throw Py.TypeError("__str__() takes exactly one argument (" + given.length + " given)");
        }
        PyObject text = given[0].__getattr__("strerror");
        return text instanceof PyString ? text.__str__() : given[0].__getattr__("args").__str__();
    }
}
