package io.github.pysockets.jython;

import org.python.core.PyObject;
import org.python.core.PyString;

/**
 * The names of a module that is being made.
 *
 * @param bindings of the interpreter
 * @param dict of the module
 */
record ModuleMembers(Bindings bindings, PyObject dict) {
    void set(String name, PyObject value) {
        dict.__setitem__(new PyString(name), value);
    }

    /** Adds a function, which gets the interpreter's bindings with each call. */
    void function(Signature signature, String doc, Body<Bindings> body) {
        set(signature.name(), new NativeFunction<>(signature, doc, bindings, body));
    }
}
