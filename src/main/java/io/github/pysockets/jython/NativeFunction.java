package io.github.pysockets.jython;

import org.python.core.PyBuiltinFunction;
import org.python.core.PyException;
import org.python.core.PyObject;

/** A function of a module that is made in Java. */
final class NativeFunction<S extends Bound> extends PyBuiltinFunction {
    private static final long serialVersionUID = 1L;

    private final transient Signature signature;
    private final transient S with;
    private final transient Body<S> body;

    /** @param with passed to each call of {@code body} */
    NativeFunction(Signature signature, String doc, S with, Body<S> body) {
        super(signature.name(), doc);
        this.signature = signature;
        this.with = with;
        this.body = body;
    }

    @Override
    public PyObject __call__(PyObject[] given, String[] keywords) {
        try {
            return body.call(with, signature.parse(given, keywords));
        } catch (PyException ofPython) {
            throw ofPython;
        } catch (Throwable failure) {
            throw with.bindings().errors().of(failure);
        }
    }
}
