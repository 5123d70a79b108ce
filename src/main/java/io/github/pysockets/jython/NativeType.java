package io.github.pysockets.jython;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.python.core.Py;
import org.python.core.PyBuiltinFunction;
import org.python.core.PyBuiltinMethod;
import org.python.core.PyDataDescr;
import org.python.core.PyObject;
import org.python.core.PyStaticMethod;
import org.python.core.PyString;
import org.python.core.PyStringMap;
import org.python.core.PyTuple;
import org.python.core.PyType;
import org.python.expose.BaseTypeBuilder;

/**
 * A Python type whose objects are of one Java class.
 *
 * <p>Jython has one such type for each class, and all interpreters share it. So each interpreter has a type of its own
 * below it, by {@link #of}, which makes objects of that interpreter.
 *
 * @param <S> the class of its objects. It needs the annotation ExposedType: Jython shows a class without it as one of
 *     Java
 */
final class NativeType<S extends PyObject & Bound> {
    private final String module;
    private final String name;
    private final Class<S> objects;
    private final String doc;
    private final List<PyBuiltinMethod> methods = new ArrayList<>();
    private final List<PyDataDescr> attributes = new ArrayList<>();

    /** @param doc what {@code __doc__} is */
    NativeType(String module, String name, Class<S> objects, String doc) {
        this.module = module;
        this.name = name;
        this.objects = objects;
        this.doc = doc;
    }

    NativeType<S> method(Signature signature, String about, Body<S> body) {
        methods.add(new NativeMethod<>(signature, objects, about, body));
        return this;
    }

    /** A method whose errors call it as {@code signature} does, such as {@code __init__}. */
    NativeType<S> method(String attribute, Signature signature, String about, Body<S> body) {
        methods.add(new NativeMethod<>(attribute, signature, objects, about, body));
        return this;
    }

    NativeType<S> attribute(String attribute, String about, NativeAttribute.Get<S> get) {
        return attribute(attribute, about, get, null);
    }

    NativeType<S> attribute(
            String attribute, String about, NativeAttribute.Get<S> get, NativeAttribute.Set<S> set) {
        attributes.add(new NativeAttribute<>(attribute, objects, about, get, set));
        return this;
    }

    /** Makes it known to Jython: once, in the static initializer of the class of its objects. */
    NativeType<S> register() {
        PyType.addBuilder(
                objects,
                new BaseTypeBuilder(
                        module + "." + name,
                        objects,
                        PyObject.class,
                        true,
                        doc,
                        methods.toArray(PyBuiltinMethod[]::new),
                        attributes.toArray(PyDataDescr[]::new),
                        null));
        return this;
    }

    /**
     * Returns one interpreter's type.
     *
     * @param bindings of the interpreter
     * @param make makes an object of a type, which is the returned one or a script's subclass of it
     */
    PyType of(Bindings bindings, BiFunction<Bindings, PyType, S> make) {
        return of((type, _, _) -> make.apply(bindings, type));
    }

    /** Makes an object in {@code __new__}, from the arguments that follow the type. */
    @FunctionalInterface
    interface New<S> {
        S make(PyType type, PyObject[] given, String[] keywords);
    }

    /** As above, for a type that needs its arguments in {@code __new__}. */
    PyType of(New<S> make) {
        PyStringMap members = new PyStringMap();
        members.__setitem__("__module__", new PyString(module));
        members.__setitem__("__doc__", new PyString(doc));
        members.__setitem__("__slots__", Py.EmptyTuple);
        members.__setitem__("__new__", new PyStaticMethod(new Maker(make)));
        PyObject type =
                PyType.TYPE.__call__(new PyString(name), new PyTuple(PyType.fromClass(objects)), members);
        return (PyType) type;
    }

    /** The function {@code __new__}. What it is called with is mostly the business of {@code __init__}. */
    private final class Maker extends PyBuiltinFunction {
        private static final long serialVersionUID = 1L;

        private final transient New<S> make;

        Maker(New<S> make) {
            super("__new__", null);
            this.make = make;
        }

        @Override
        public PyObject __call__(PyObject[] given, String[] keywords) {
            if (given.length == keywords.length || !(given[0] instanceof PyType type)) {
                throw Py.TypeError(module + "." + name + ".__new__(X): X is not a type object");
            }
            if (!type.isSubType(PyType.fromClass(objects))) {
                throw Py.TypeError(module + "." + name + ".__new__(" + type.fastGetName() + "): "
                        + type.fastGetName() + " is not a subtype of " + module + "." + name);
            }
            return make.make(type, Arrays.copyOfRange(given, 1, given.length), keywords);
        }
    }
}
