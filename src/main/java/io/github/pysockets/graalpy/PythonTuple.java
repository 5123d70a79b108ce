package io.github.pysockets.graalpy;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.python.TupleItems;
import io.github.pysockets.stack.StackException;
import org.graalvm.polyglot.Value;

/** A Python tuple. */
record PythonTuple(Value tuple) implements TupleItems {
    @Override
    public int size() {
        return (int) Math.min(Integer.MAX_VALUE, PythonValues.size(tuple));
    }

    @Override
    public String text(int at) {
        return PythonValues.text(PythonValues.item(tuple, at));
    }

    @Override
    public long number(int at) {
        return PythonValues.number(PythonValues.item(tuple, at));
    }

    @Override
    public byte[] bytes(int at, int most) throws StackException {
        Value buffer = PythonValues.item(tuple, at);
        if (PythonBuffer.size(buffer) > most) {
            throw new StackException(Errno.EINVAL);
        }
        return PythonValues.toBytes(buffer);
    }

    @Override
    public TupleItems items(int at) {
        return new PythonTuple(PythonValues.item(tuple, at));
    }
}
