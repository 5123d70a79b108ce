package io.github.pysockets.jython;

import io.github.pysockets.tls.ServerNameListener;
import io.github.pysockets.tls.TlsConnection;
import java.lang.ref.WeakReference;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyObject;

/** Passes the server names that clients send (RFC 6066, section 3) to the callbacks of contexts. */
final class SslServerNames {
    private static final int HANDSHAKE_FAILURE = 40;
    private static final int ALERT = 0xff;

    /** The Python object of each server's connection. */
    private final Map<TlsConnection, WeakReference<SslConnectionObject>> objects =
            Collections.synchronizedMap(new WeakHashMap<>());

    void add(TlsConnection connection, SslConnectionObject object) {
        objects.put(connection, new WeakReference<>(object));
    }

    /** What calls the callback with (connection, name as unicode or None, context). */
    ServerNameListener listener(PyObject callback, SslContextObject context) {
        return (connection, name) -> named(callback, context, objects.get(connection), name);
    }

    private static int named(
            PyObject callback, SslContextObject context, WeakReference<SslConnectionObject> held, String name) {
        SslConnectionObject connection = held == null ? null : held.get();
        PyObject owner = connection == null ? null : connection.owner();
        if (owner == null) {
            return HANDSHAKE_FAILURE;
        }
        PyObject answer;
        try {
            PyObject decoded = name == null ? Py.None : HostNameText.decoded(name);
            answer = callback.__call__(owner, decoded, context);
        } catch (PyException failure) {
            Py.writeUnraisable(failure, callback);
            return HANDSHAKE_FAILURE;
        }
        if (answer == Py.None) {
            return ServerNameListener.GO_ON;
        }
        try {
            return (int) Arguments.toLong(answer) & ALERT;
        } catch (PyException noNumber) {
            Py.writeUnraisable(noNumber, answer);
            return ServerNameListener.INTERNAL_ERROR;
        }
    }
}
