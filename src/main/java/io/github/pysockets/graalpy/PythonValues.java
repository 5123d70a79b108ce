package io.github.pysockets.graalpy;

import io.github.pysockets.python.Refusal;
import io.github.pysockets.python.Values;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.graalvm.polyglot.Value;

/** Makes Python values from Java ones, using small functions of the Python side. */
final class PythonValues implements Values {
    /** The last argument of the functions that make tuples: see bootstrap.py. */
    private static final int NO_KEYWORDS = 0;

    private final Value tuple;
    private final Value pair;
    private final Value triple;
    private final Value bytes;
    private final Value path;
    private final Value unsigned;

    /** @param makers the functions of bootstrap.py, in its order */
    PythonValues(Value makers) {
        tuple = makers.getArrayElement(0);
        pair = makers.getArrayElement(1);
        triple = makers.getArrayElement(2);
        bytes = makers.getArrayElement(3);
        path = makers.getArrayElement(4);
        unsigned = makers.getArrayElement(5);
    }

    @Override
    public Value tuple(Object... items) {
        return switch (items.length) {
            case 2 -> pair.execute(items[0], items[1], NO_KEYWORDS);
            case 3 -> triple.execute(items[0], items[1], items[2], NO_KEYWORDS);
            default -> {
                Object[] arguments = Arrays.copyOf(items, items.length + 1);
                arguments[items.length] = NO_KEYWORDS;
                yield tuple.execute(arguments);
            }
        };
    }

    @Override
    public Value bytes(byte[] bytes) {
        return this.bytes.execute(ByteBuffer.wrap(bytes));
    }

    @Override
    public Value path(byte[] bytes) {
        return path.execute(ByteBuffer.wrap(bytes));
    }

    @Override
    public Value unsigned(long bits) {
        return unsigned.execute(bits);
    }

    /** The certificate's DER as bytes. */
    Value certificate(X509Certificate certificate) {
        try {
            return bytes(certificate.getEncoded());
        } catch (CertificateEncodingException notOfThisJdk) {
            throw new IllegalStateException(notOfThisJdk);
        }
    }

    /** A tuple of bytes in DER. */
    Value certificates(List<X509Certificate> certificates) {
        return tuple(certificates.stream().map(this::certificate).toArray());
    }

    /** The bytes of a Python buffer. */
    static byte[] toBytes(Value buffer) {
        return PythonBuffer.bytes(buffer);
    }

    /** The bytes of a str in which each char is a byte. */
    static byte[] latin1(Value text) {
        return text(text).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** As {@link #latin1}; null for None. */
    static byte[] latin1OrNull(Value text) {
        return text.isNull() ? null : latin1(text);
    }

    /** A str. */
    static String text(Value text) {
        if (!text.isString()) {
            throw Refusal.WRONG_TYPE;
        }
        return text.asString();
    }

    /** An int of at most 64 bits. */
    static long number(Value number) {
        if (!number.fitsInLong()) {
            throw Refusal.WRONG_TYPE;
        }
        return number.asLong();
    }

    /** An item of a tuple. */
    static Value item(Value tuple, long at) {
        // Checked first, because GraalPy 25.2 fails internally when an empty list is asked for an item.
        if (!tuple.hasArrayElements() || at >= tuple.getArraySize()) {
            throw Refusal.WRONG_TYPE;
        }
        try {
            return tuple.getArrayElement(at);
        } catch (UnsupportedOperationException | IndexOutOfBoundsException shorter) {
            throw Refusal.WRONG_TYPE;
        }
    }

    /** How many items a tuple has. */
    static long size(Value tuple) {
        if (!tuple.hasArrayElements()) {
            throw Refusal.WRONG_TYPE;
        }
        return tuple.getArraySize();
    }

    /** A callback of Python code. */
    static Value function(Value function) {
        if (!function.canExecute()) {
            throw Refusal.WRONG_TYPE;
        }
        return function;
    }
}
