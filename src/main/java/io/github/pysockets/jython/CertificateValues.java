package io.github.pysockets.jython;

import io.github.pysockets.tls.cert.OpenSslException;
import io.github.pysockets.tls.cert.PeerCertificateDict;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Set;
import org.python.core.Py;
import org.python.core.PyDictionary;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyTuple;
import org.python.core.PyUnicode;

/** Certificates as Python 2.7 values. Names of people and places are unicode; names of hosts are str. */
final class CertificateValues {
    private static final Set<String> NAMES = Set.of("subject", "issuer");
    private static final String ALTERNATIVES = "subjectAltName";
    private static final String DIRECTORY_NAME = "DirName";
    private static final String REGISTERED_ID = "Registered ID";

    private CertificateValues() {}

    /** The certificate in DER. */
    static PyString der(X509Certificate certificate) {
        return Bytes.str(encoded(certificate));
    }

    static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException notOfThisJdk) {
            throw new IllegalStateException(notOfThisJdk);
        }
    }

    /** The dict that {@code getpeercert()} returns. */
    static PyObject dict(byte[] der) throws OpenSslException {
        PyDictionary dict = new PyDictionary();
        for (Object entry : PeerCertificateDict.of(der)) {
            Object[] pair = (Object[]) entry;
            String key = (String) pair[0];
            dict.__setitem__(new PyString(key), value(key, pair[1]));
        }
        return dict;
    }

    private static PyObject value(String key, Object value) {
        if (NAMES.contains(key)) {
            return name((Object[]) value);
        }
        if (key.equals(ALTERNATIVES)) {
            return alternatives((Object[]) value);
        }
        return switch (value) {
            // The one time that is a str in CPython, too.
            case String text when key.equals("notAfter") -> new PyString(text);
            case String text -> new PyUnicode(text);
            case Integer version -> Py.newLong(version);
            case Object[] texts -> tuple(texts, text -> new PyUnicode((String) text));
            default -> throw new IllegalArgumentException(key);
        };
    }

    /** How one item becomes a Python value. */
    @FunctionalInterface
    private interface Item {
        PyObject value(Object item);
    }

    private static PyTuple tuple(Object[] items, Item item) {
        PyObject[] values = new PyObject[items.length];
        for (int i = 0; i < items.length; i++) {
            values[i] = item.value(items[i]);
        }
        return new PyTuple(values);
    }

    /** A distinguished name: a tuple of tuples of pairs. */
    private static PyTuple name(Object[] parts) {
        return tuple(parts, part -> tuple((Object[]) part, pair -> attribute((Object[]) pair)));
    }

    private static PyTuple attribute(Object[] pair) {
        return new PyTuple(
                str((String) pair[0]),
                pair[1] instanceof byte[] bits ? Bytes.str(bits) : new PyUnicode((String) pair[1]));
    }

    private static PyTuple alternatives(Object[] names) {
        return tuple(names, name -> alternative((Object[]) name));
    }

    private static PyTuple alternative(Object[] pair) {
        String kind = (String) pair[0];
        if (pair[1] instanceof Object[] directoryName && kind.equals(DIRECTORY_NAME)) {
            return new PyTuple(new PyString(kind), name(directoryName));
        }
        String text = (String) pair[1];
        return kind.equals(REGISTERED_ID)
                ? new PyTuple(new PyUnicode(kind), new PyUnicode(text))
                : new PyTuple(str(kind), str(text));
    }

    private static PyString str(String text) {
        return Bytes.str(text.getBytes(StandardCharsets.UTF_8));
    }
}
