package io.github.pysockets.jython;

import io.github.pysockets.python.ByteSource;
import io.github.pysockets.python.Refusal;
import org.python.core.BufferProtocol;
import org.python.core.Py;
import org.python.core.PyArray;
import org.python.core.PyBUF;
import org.python.core.PyBuffer;
import org.python.core.PyByteArray;
import org.python.core.PyException;
import org.python.core.PyMemoryView;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyUnicode;

/** Bytes on their way between Java and Python: copied once, in bulk. A str of Jython has a char for each byte. */
final class Bytes {
    private Bytes() {}

    /** The str of some bytes of an array. */
    @SuppressWarnings("deprecation") // The one constructor of String that copies Latin-1 without a look at each byte.
    static PyString str(byte[] bytes, int at, int count) {
        return count == 0 ? Py.EmptyString : new ByteString(new String(bytes, 0, at, count));
    }

    static PyString str(byte[] bytes) {
        return str(bytes, 0, bytes.length);
    }

    /** A str whose chars are known to be bytes. The constructors that others may call check each char. */
    private static final class ByteString extends PyString {
        private static final long serialVersionUID = 1L;

        ByteString(String chars) {
            super(PyString.TYPE, chars, true);
        }
    }

    /** What a call sends: a str or a buffer. Closed when the call is over. */
    static final class Source implements ByteSource, AutoCloseable {
        private final String chars;
        private final PyBuffer buffer;

        private Source(String chars, PyBuffer buffer) {
            this.chars = chars;
            this.buffer = buffer;
        }

        int size() {
            return buffer == null ? chars.length() : buffer.getLen();
        }

        @Override
        @SuppressWarnings("deprecation") // As above.
        public void copyToEnd(int from, byte[] array, int count) {
            int at = array.length - count;
            if (buffer == null) {
                chars.getBytes(from, from + count, array, at);
                return;
            }
            try {
                buffer.copyTo(from, array, at, count);
            } catch (IndexOutOfBoundsException shorter) {
                throw Refusal.BUFFER_CHANGED;
            }
        }

        byte[] copy() {
            byte[] bytes = new byte[size()];
            copyToEnd(0, bytes, bytes.length);
            return bytes;
        }

        @Override
        public void close() {
            if (buffer != null) {
                buffer.release();
            }
        }
    }

    /**
     * The bytes of an argument: a str, a unicode in the default encoding, or a buffer. TypeError for another.
     *
     * @param expected what the message says was expected
     */
    static Source source(Arguments arguments, int at, String expected) {
        Source source = sourceOrNull(arguments.get(at));
        if (source == null) {
            throw notExpected(arguments, at, expected);
        }
        return source;
    }

    /** As {@link #source}, but refuses what may change its size while it is used, as CPython's format "s#" does. */
    static Source fixedSource(Arguments arguments, int at) {
        String expected = "string or read-only buffer";
        PyObject value = arguments.get(at);
        if (value instanceof PyByteArray || value instanceof PyMemoryView) {
            throw notExpected(arguments, at, expected);
        }
        return source(arguments, at, expected);
    }

    private static PyException notExpected(Arguments arguments, int at, String expected) {
        return Py.TypeError(arguments.function() + "() argument " + (at + 1) + " must be " + expected + ", not "
                + typeName(arguments.get(at)));
    }

    /** As {@link #source}; null for what has no bytes. */
    static Source sourceOrNull(PyObject value) {
        return switch (value) {
            case PyUnicode text -> new Source(text.encode(), null);
            case PyString text -> new Source(text.getString(), null);
            // The plain kind is all that array.array gives.
            case BufferProtocol buffer -> new Source(null, buffer.getBuffer(PyBUF.SIMPLE));
            default -> null;
        };
    }

    /** What a call receives into: a buffer that can be written. Closed when the call is over. */
    static final class Target implements AutoCloseable {
        private final PyBuffer buffer;
        private final PyArray items;

        /** @param buffer null for an array of numbers that has no buffer which can be written */
        private Target(PyBuffer buffer, PyArray items) {
            this.buffer = buffer;
            this.items = items;
        }

        int size() {
            return buffer == null ? items.tostring().length() : buffer.getLen();
        }

        /** The Java array behind it, where its bytes follow one another; otherwise null. */
        byte[] array() {
            return buffer != null && buffer.hasArray() && buffer.isContiguous('C') ? buffer.getBuf().storage : null;
        }

        /** The index of its first byte in {@link #array}. */
        int at() {
            return buffer.getBuf().offset;
        }

        /** Stores bytes at the start. */
        @SuppressWarnings("deprecation") // As above.
        void put(byte[] bytes, int count) {
            if (buffer == null) {
                items.fromstring(0, new String(bytes, 0, 0, count) + items.tostring().substring(count));
            } else {
                for (int i = 0; i < count; i++) {
                    buffer.storeAt(bytes[i], i);
                }
            }
        }

        @Override
        public void close() {
            if (buffer != null) {
                buffer.release();
            }
        }
    }

    /** An argument that is to be written. TypeError for what cannot be. */
    static Target target(Arguments arguments, int at) {
        PyObject value = arguments.get(at);
        if (value instanceof BufferProtocol owner && !(value instanceof PyString)) {
            try {
                return new Target(owner.getBuffer(PyBUF.WRITABLE), null);
            } catch (PyException | ClassCastException readOnly) {
                if (value instanceof PyArray items) {
                    return new Target(null, items);
                }
            }
        }
        throw notExpected(arguments, at, "read-write buffer");
    }

    /** The name of a value's type, as error messages have it. */
    static String typeName(PyObject value) {
        return value == Py.None ? "None" : value.getType().fastGetName();
    }
}
