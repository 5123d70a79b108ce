package io.github.pysockets.jython;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.python.Refusal;
import io.github.pysockets.python.TupleItems;
import io.github.pysockets.stack.StackException;
import org.python.core.PyObject;
import org.python.core.PySequenceList;
import org.python.core.PyString;

/** A tuple that was checked before. */
record JythonTuple(PyObject... values) implements TupleItems {
    /** The items of a Python tuple or list. */
    static JythonTuple of(PyObject sequence) {
        if (sequence instanceof PySequenceList items) {
            return new JythonTuple(items.getArray());
        }
        throw Refusal.WRONG_TYPE;
    }

    @Override
    public int size() {
        return values.length;
    }

    private PyObject value(int at) {
        if (at >= values.length) {
            throw Refusal.WRONG_TYPE;
        }
        return values[at];
    }

    @Override
    public String text(int at) {
        if (value(at) instanceof PyString text) {
            return text.getString();
        }
        throw Refusal.WRONG_TYPE;
    }

    @Override
    public long number(int at) {
        return Arguments.toLong(value(at));
    }

    @Override
    public byte[] bytes(int at, int most) throws StackException {
        try (Bytes.Source source = Bytes.sourceOrNull(value(at))) {
            if (source == null) {
                throw Refusal.WRONG_TYPE;
            }
            if (source.size() > most) {
                throw new StackException(Errno.EINVAL);
            }
            return source.copy();
        }
    }

    @Override
    public TupleItems items(int at) {
        return of(value(at));
    }
}
