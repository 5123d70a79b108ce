package io.github.pysockets.jython;

import org.python.core.Py;
import org.python.core.PyDataDescr;
import org.python.core.PyException;
import org.python.core.PyObject;
import org.python.core.PyType;

/** An attribute of a type that is made in Java. */
final class NativeAttribute<S extends PyObject & Bound> extends PyDataDescr {
    private static final long serialVersionUID = 1L;

    /** How a value is read. */
    @FunctionalInterface
    interface Get<S> {
        PyObject of(S self) throws Exception;
    }

    /** How a value is set. */
    @FunctionalInterface
    interface Set<S> {
        void on(S self, PyObject value) throws Exception;
    }

    private final Class<S> type;
    private final transient Get<S> get;
    private final transient Set<S> set;

    /** @param set null where it can only be read */
    NativeAttribute(String name, Class<S> type, String doc, Get<S> get, Set<S> set) {
        super(name, PyObject.class, doc);
        this.type = type;
        this.get = get;
        this.set = set;
        // Without it, the type is one of Java, and has its name.
        objtype = PyType.fromClass(PyDataDescr.class);
    }

    @Override
    public Object invokeGet(PyObject object) {
        S self = type.cast(object);
        try {
            return get.of(self);
        } catch (PyException ofPython) {
            throw ofPython;
        } catch (Throwable failure) {
            throw self.bindings().errors().of(failure);
        }
    }

    @Override
    public void invokeSet(PyObject object, Object value) {
        requireSet();
        S self = type.cast(object);
        try {
            set.on(self, (PyObject) value);
        } catch (PyException ofPython) {
            throw ofPython;
        } catch (Throwable failure) {
            throw self.bindings().errors().of(failure);
        }
    }

    private void requireSet() {
        if (set == null) {
            throw Py.TypeError("readonly attribute");
        }
    }

    @Override
    public void invokeDelete(PyObject object) {
        requireSet();
        throw Py.TypeError("can't delete " + name + " attribute");
    }

    @Override
    public boolean implementsDescrGet() {
        return true;
    }

    @Override
    public boolean implementsDescrSet() {
        return set != null;
    }

    @Override
    public boolean implementsDescrDelete() {
        return set != null;
    }
}
