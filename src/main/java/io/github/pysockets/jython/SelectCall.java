package io.github.pysockets.jython;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.python.Codes;
import io.github.pysockets.python.Select;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyFloat;
import org.python.core.PyInstance;
import org.python.core.PyInteger;
import org.python.core.PyList;
import org.python.core.PyLong;
import org.python.core.PyObject;
import org.python.core.PySequenceList;
import org.python.core.PyString;
import org.python.core.PyTuple;
import org.python.core.io.RawIOBase;

/** One call of {@code select.select()}. */
final class SelectCall {
    /** As select(2) has it. */
    private static final int MOST = 1024;

    private static final byte[] KINDS = {Select.READ, Select.WRITE, Select.EXCEPT};

    private final Bindings bindings;
    private final Select select;
    private final PyObject error;
    private final List<PyObject> given = new ArrayList<>();
    private int[] numbers = new int[KINDS.length];
    private byte[] wanted = new byte[KINDS.length];
    private int count;
    /** The files of Jython's own by their places. */
    private final Map<Integer, RawIOBase> files = new HashMap<>();
    /** Whether some of them need no wait. */
    private boolean someReady;

    private SelectCall(Bindings bindings, Select select, PyObject error) {
        this.bindings = bindings;
        this.select = select;
        this.error = error;
    }

    static PyObject run(Bindings bindings, Select select, PyObject error, Arguments arguments) {
        int given = arguments.count();
        if (given < KINDS.length || given > KINDS.length + 1) {
            throw Py.TypeError("select expected at " + (given < KINDS.length ? "least 3" : "most 4")
                    + " arguments, got " + given);
        }
        return new SelectCall(bindings, select, error).run(arguments);
    }

    private PyObject run(Arguments arguments) {
        double seconds = seconds(arguments.orNone(KINDS.length));
        for (int i = 0; i < KINDS.length; i++) {
            add(arguments.get(i), KINDS[i]);
        }
        if (Double.isNaN(seconds) || seconds == MOST_SECONDS) {
            throw SelectModule.failure(bindings, error, -Errno.EINVAL);
        }
        byte[] ready = new byte[count];
        long nanos = someReady ? 0 : seconds == UNLIMITED ? -1 : (long) Math.ceil(seconds * 1e9);
        int result = await(ready, nanos);
        if (result == -Errno.EBADF && !files.isEmpty() && findFiles()) {
            // Java has closed one meanwhile.
            result = await(ready, 0);
        }
        if (result < 0) {
            throw SelectModule.failure(bindings, error, result);
        }
        PyList[] lists = new PyList[KINDS.length];
        for (int i = 0; i < lists.length; i++) {
            lists[i] = new PyList();
        }
        for (int i = 0; i < count; i++) {
            if (ready[i] != 0) {
                // The kinds are 1, 2 and 4.
                lists[wanted[i] >> 1].append(given.get(i));
            }
        }
        return new PyTuple(lists[0], lists[1], lists[2]);
    }

    /** The highest long, as a C double has it. No time_t holds that itself: EINVAL. */
    private static final double MOST_SECONDS = Long.MAX_VALUE;

    private static final double UNLIMITED = Double.NEGATIVE_INFINITY;

    /** The timeout; {@link #UNLIMITED} for none; NaN for one that select(2) refuses. */
    private static double seconds(PyObject value) {
        if (value == Py.None) {
            return UNLIMITED;
        }
        boolean isNumber = value instanceof PyInteger || value instanceof PyLong || value instanceof PyFloat
                || value instanceof PyInstance;
        if (!isNumber && (value instanceof PyString || value.getType().lookup("__int__") == null
                && value.getType().lookup("__float__") == null)) {
            throw Py.TypeError("timeout must be a float or None");
        }
        double seconds = Arguments.toDouble(value);
        if (seconds > MOST_SECONDS) {
            throw Py.OverflowError("timeout period too long");
        }
        return seconds < 0 ? Double.NaN : seconds;
    }

    private void add(PyObject sequence, byte kind) {
        if (sequence instanceof PySequenceList list
                && (list.getType() == PyList.TYPE || list.getType() == PyTuple.TYPE)) {
            // A fileno() may change it meanwhile.
            for (int i = 0; i < list.size(); i++) {
                add(list.pyget(i), kind, i);
            }
            return;
        }
        PyObject items;
        try {
            items = sequence.__iter__();
        } catch (PyException noSequence) {
            if (noSequence.match(Py.TypeError)) {
                throw Py.TypeError("arguments 1-3 must be sequences");
            }
            throw noSequence;
        }
        int place = 0;
        for (PyObject item; (item = items.__iternext__()) != null;) {
            add(item, kind, place++);
        }
    }

    private void add(PyObject item, byte kind, int place) {
        PyObject descriptor = DescriptorArguments.descriptor(item);
        int number = number(descriptor);
        if (place >= MOST) {
            throw Py.ValueError("too many file descriptors in select()");
        }
        if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * count);
            wanted = Arrays.copyOf(wanted, 2 * count);
        }
        given.add(item);
        numbers[count] = number;
        wanted[count] = kind;
        count++;
    }

    private int number(PyObject descriptor) {
        if (descriptor instanceof PyInteger known) {
            int number = JythonFiles.number(bindings.runtime(), known.getValue());
            if (number >= MOST && number < bindings.runtime().lowestNumber()) {
                throw bindings.errors().failure(Codes.OUT_OF_RANGE);
            }
            return number;
        }
        RawIOBase file = DescriptorArguments.file(descriptor);
        int number = JythonFiles.number(bindings.runtime(), file);
        if (number == JythonFiles.CLOSED || number == JythonFiles.UNKNOWN) {
            throw SelectModule.failure(bindings, error, -Errno.EBADF);
        }
        files.put(count, file);
        someReady |= number == JythonFiles.READY;
        return number;
    }

    /** Looks for the files' numbers again. Returns whether one is ready that was not. */
    private boolean findFiles() {
        boolean before = someReady;
        files.forEach((place, file) -> {
            numbers[place] = JythonFiles.number(bindings.runtime(), file);
            someReady |= numbers[place] == JythonFiles.READY;
        });
        return someReady && !before;
    }

    private int await(byte[] ready, long nanos) {
        if (!someReady) {
            return select.select(numbers, wanted, ready, count, nanos);
        }
        int[] others = new int[count];
        byte[] kinds = new byte[count];
        int[] places = new int[count];
        int left = 0;
        for (int i = 0; i < count; i++) {
            if (numbers[i] == JythonFiles.READY) {
                ready[i] = wanted[i] == Select.EXCEPT ? 0 : wanted[i];
            } else {
                others[left] = numbers[i];
                kinds[left] = wanted[i];
                places[left++] = i;
            }
        }
        byte[] found = new byte[left];
        int result = left == 0 ? 0 : select.select(others, kinds, found, left, nanos);
        for (int i = 0; i < left; i++) {
            ready[places[i]] = found[i];
        }
        return result;
    }
}
