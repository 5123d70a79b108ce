package io.github.pysockets.jython;

import org.python.core.Py;
import org.python.core.PyObject;

/**
 * How long calls wait.
 *
 * @param seconds as the script gave them, to tell it the same number again; negative for no limit
 * @param nanos the same in nanoseconds
 */
record Timeout(double seconds, long nanos) {
    static final Timeout NONE = new Timeout(-1, -1);
    static final Timeout NON_BLOCKING = new Timeout(0, 0);

    private static final double NANOS = 1e9;

    /** Seconds as a number, or None. */
    static Timeout of(PyObject value) {
        if (value == Py.None) {
            return NONE;
        }
        double seconds = Arguments.toDouble(value);
        if (seconds < 0 || Double.isNaN(seconds)) {
            throw Py.ValueError("Timeout value out of range");
        }
        // Rounded up: not even the shortest timeout is "non-blocking". Java's cast ends at the highest long.
        return new Timeout(seconds, (long) Math.ceil(seconds * NANOS));
    }

    /** Seconds, or None. */
    PyObject toPython() {
        return nanos < 0 ? Py.None : Py.newFloat(seconds);
    }
}
