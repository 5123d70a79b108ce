package io.github.pysockets.jython;

import org.python.core.PyBuiltinMethod;
import org.python.core.PyException;
import org.python.core.PyObject;

/** A method of a type that is made in Java. */
final class NativeMethod<S extends Bound> extends PyBuiltinMethod {
    private static final long serialVersionUID = 1L;

    private final transient Signature signature;
    private final Class<S> type;
    private final transient Body<S> body;

    NativeMethod(Signature signature, Class<S> type, String doc, Body<S> body) {
        this(signature.name(), signature, type, doc, body);
    }

    /** @param name where it is not that of the signature, which errors tell */
    NativeMethod(String name, Signature signature, Class<S> type, String doc, Body<S> body) {
        super(name);
        this.signature = signature;
        this.type = type;
        this.doc = doc;
        this.body = body;
    }

    @Override
    public PyObject __call__(PyObject[] given, String[] keywords) {
        S object = type.cast(self);
        try {
            return body.call(object, signature.parse(given, keywords));
        } catch (PyException ofPython) {
            throw ofPython;
        } catch (Throwable failure) {
            throw object.bindings().errors().of(failure);
        }
    }
}
