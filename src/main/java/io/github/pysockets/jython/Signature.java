package io.github.pysockets.jython;

import org.python.core.PyObject;

/**
 * The name of a method or function, and how many arguments it takes.
 *
 * @param names of the arguments, where they can be given by name; otherwise null
 */
record Signature(String name, int least, int most, String... names) {
    static Signature of(String name, int count) {
        return new Signature(name, count, count, (String[]) null);
    }

    static Signature of(String name, int least, int most) {
        return new Signature(name, least, most, (String[]) null);
    }

    /** Arguments that can be given by name: the first {@code least} must be there. */
    static Signature named(String name, int least, String... names) {
        return new Signature(name, least, names.length, names);
    }

    Arguments parse(PyObject[] given, String[] keywords) {
        return names == null
                ? Arguments.positional(name, least, most, given, keywords)
                : Arguments.named(name, least, names, given, keywords);
    }
}
