package io.github.pysockets.jython;

import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyFloat;
import org.python.core.PyInstance;
import org.python.core.PyInteger;
import org.python.core.PyLong;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyUnicode;

/** The arguments of one call, with the errors that CPython 2.7's argument parser gives. */
final class Arguments {
    private static final String NO_INTEGER = "an integer is required";
    private static final String NO_FLOAT = "a float is required";

    private final String function;
    private final PyObject[] values;

    /** @param values null for those that were not given */
    private Arguments(String function, PyObject[] values) {
        this.function = function;
        this.values = values;
    }

    /** Arguments by position alone. */
    static Arguments positional(String function, int least, int most, PyObject[] given, String[] keywords) {
        if (keywords.length > 0) {
            throw Py.TypeError(function + "() takes no keyword arguments");
        }
        int count = given.length;
        if (count < least || count > most) {
            throw Py.TypeError(function + "() takes " + expected(least, most, count) + " (" + count + " given)");
        }
        return new Arguments(function, given);
    }

    private static String expected(int least, int most, int given) {
        if (most == 0) {
            return "no arguments";
        }
        if (least == most) {
            // CPython writes the word for functions of one argument alone.
            return "exactly " + (most == 1 ? "one argument" : most + " arguments");
        }
        int bound = given < least ? least : most;
        return "at " + (given < least ? "least " : "most ") + bound + " argument" + (bound == 1 ? "" : "s");
    }

    /** Arguments by position or name. The first {@code least} must be there. */
    static Arguments named(String function, int least, String[] names, PyObject[] given, String[] keywords) {
        if (given.length > names.length) {
            throw Py.TypeError(function + "() takes at most " + names.length + " arguments (" + given.length
                    + " given)");
        }
        PyObject[] values = new PyObject[names.length];
        int positional = given.length - keywords.length;
        System.arraycopy(given, 0, values, 0, positional);
        for (int i = 0; i < keywords.length; i++) {
            int at = indexOf(names, keywords[i]);
            if (at < 0) {
                throw Py.TypeError("'" + keywords[i] + "' is an invalid keyword argument for this function");
            }
            if (values[at] != null) {
                throw Py.TypeError("Argument given by name ('" + names[at] + "') and position (" + (at + 1) + ")");
            }
            values[at] = given[positional + i];
        }
        for (int i = 0; i < least; i++) {
            if (values[i] == null) {
                throw Py.TypeError("Required argument '" + names[i] + "' (pos " + (i + 1) + ") not found");
            }
        }
        return new Arguments(function, values);
    }

    private static int indexOf(String[] names, String name) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].equals(name)) {
                return i;
            }
        }
        return -1;
    }

    String function() {
        return function;
    }

    /** How many were given by position. */
    int count() {
        return values.length;
    }

    boolean has(int at) {
        return at < values.length && values[at] != null;
    }

    PyObject get(int at) {
        return values[at];
    }

    /** An argument, or None where it was not given. */
    PyObject orNone(int at) {
        return has(at) ? values[at] : Py.None;
    }

    /** As {@link #toText}. */
    String text(int at) {
        return toText(values[at], function + "() argument " + (at + 1));
    }

    /**
     * A str without zero bytes, each char a byte, as CPython's format "s" takes it. A unicode is encoded in the default
     * encoding.
     *
     * @param where how messages begin
     */
    static String toText(PyObject value, String where) {
        if (!(value instanceof PyString text)) {
            throw Py.TypeError(where + " must be string, not " + Bytes.typeName(value));
        }
        String chars = value instanceof PyUnicode unicode ? unicode.encode() : text.getString();
        if (chars.indexOf(0) >= 0) {
            throw Py.TypeError(where + " must be string without null bytes, not " + Bytes.typeName(value));
        }
        return chars;
    }

    /** A C int. */
    int number(int at) {
        return toInt(values[at]);
    }

    int number(int at, int otherwise) {
        return has(at) ? toInt(values[at]) : otherwise;
    }

    /** A C int from a Python number, as CPython's format "i" takes it. */
    static int toInt(PyObject value) {
        long number = toLong(value);
        if (number > Integer.MAX_VALUE) {
            throw Py.OverflowError("signed integer is greater than maximum");
        }
        if (number < Integer.MIN_VALUE) {
            throw Py.OverflowError("signed integer is less than minimum");
        }
        return (int) number;
    }

    /** A C long from a Python number, as CPython's format "l" takes it. */
    static long toLong(PyObject value) {
        return switch (value) {
            case PyInteger number -> number.getValue();
            case PyLong number -> fitting(number);
            case PyFloat _ -> throw noFloat();
            default -> toLong(asNumber(value));
        };
    }

    private static PyException noFloat() {
        return Py.TypeError("integer argument expected, got float");
    }

    private static long fitting(PyLong number) {
        if (number.getValue().bitLength() >= Long.SIZE) {
            throw Py.OverflowError("Python int too large to convert to C long");
        }
        return number.getValue().longValue();
    }

    /** As {@link #toInt}, where CPython drops the fraction of a float: in functions that take any object. */
    static int truncatedInt(PyObject value) {
        long number = truncatedLong(value);
        if (number != (int) number) {
            throw Py.OverflowError("Python int too large to convert to C int");
        }
        return (int) number;
    }

    /** As {@link #toLong}, where CPython drops the fraction of a float. */
    static long truncatedLong(PyObject value) {
        return toLong(value instanceof PyFloat fraction ? fraction.__int__() : value);
    }

    /** The low 32 bits of a Python number, as CPython's format "I" takes them. */
    static int toBits(PyObject value) {
        return switch (value) {
            case PyInteger number -> number.getValue();
            case PyLong number -> number.getValue().intValue();
            case PyFloat _ -> throw noFloat();
            default -> toBits(asNumber(value));
        };
    }

    /** The int or long that an object makes of itself. What its own code raises reaches the caller. */
    private static PyObject asNumber(PyObject value) {
        PyObject number = null;
        if (value instanceof PyInstance instance) {
            if (instance.__findattr__("__int__") == null) {
                // CPython asks for that one last.
                throw Py.AttributeError(instance.fastGetClass().__getattr__("__name__")
                        + " instance has no attribute '__trunc__'");
            }
            number = instance.invoke("__int__");
        } else if (!(value instanceof PyString)) {
            // A str has one in Jython alone: a parser.
            number = converted(value, "__int__");
        }
        if (number == null) {
            throw Py.TypeError(NO_INTEGER);
        }
        if (number instanceof PyInteger || number instanceof PyLong) {
            return number;
        }
        throw Py.TypeError("__int__ method should return an integer");
    }

    /** What a method of a value's type returns; null where the type has none. */
    private static PyObject converted(PyObject value, String method) {
        PyObject found = value.getType().lookup(method);
        return found == null ? null : found.__get__(value, value.getType()).__call__();
    }

    /** A C double, as CPython's PyFloat_AsDouble gives it. */
    static double toDouble(PyObject value) {
        if (value instanceof PyFloat || value instanceof PyInteger || value instanceof PyLong) {
            return value.asDouble();
        }
        PyObject number = null;
        if (value instanceof PyInstance instance) {
            number = instance.invoke("__float__");
        } else if (!(value instanceof PyString)) {
            number = converted(value, "__float__");
        }
        if (number == null) {
            throw Py.TypeError(NO_FLOAT);
        }
        if (number instanceof PyFloat fraction) {
            return fraction.getValue();
        }
        throw Py.TypeError("nb_float should return float object");
    }
}
