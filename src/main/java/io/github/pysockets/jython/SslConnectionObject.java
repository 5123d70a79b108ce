package io.github.pysockets.jython;

import io.github.pysockets.python.PyTlsSocket;
import io.github.pysockets.tls.TlsConnection;
import java.lang.ref.WeakReference;
import org.python.core.Py;
import org.python.core.PyObject;
import org.python.core.PyObjectDerived;
import org.python.core.PyType;
import org.python.expose.ExposedType;

/** An {@code _ssl._SSLSocket}: a TLS connection over a socket. */
@ExposedType(name = "_ssl._SSLSocket")
public final class SslConnectionObject extends PyObjectDerived implements Bound {
    private static final long serialVersionUID = 1L;

    private static final NativeType<SslConnectionObject> TYPE = SslConnectionMethods.type().register();

    private final transient SslBindings ssl;
    /** Not closed as long as its connection is there. */
    private final SocketObject socket;
    private final transient PyTlsSocket tls;
    private final transient WeakReference<PyObject> owner;
    private volatile SslContextObject context;
    /** Whether this side has begun to end the connection. */
    private volatile boolean ending;

    private SslConnectionObject(
            SslContextObject context, SocketObject socket, boolean server, String name, PyObject owner) {
        super(context.ssl().connections());
        ssl = context.ssl();
        this.context = context;
        this.socket = socket;
        this.owner = owner == null ? null : new WeakReference<>(owner);
        tls = server
                ? PyTlsSocket.server(socket.socket(), context.tls())
                : PyTlsSocket.client(socket.socket(), context.tls(), name, null);
    }

    /** One interpreter's type. */
    static PyType type(SslBindings ssl) {
        return TYPE.of((_, _, _) -> {
            throw Py.TypeError("cannot create '_ssl._SSLSocket' instances");
        });
    }

    /**
     * A connection.
     *
     * @param name the server's name; null for none
     * @param owner what stands for the connection in callbacks; null for the connection itself
     */
    static SslConnectionObject of(
            SslContextObject context, SocketObject socket, boolean server, String name, PyObject owner) {
        SslConnectionObject made = new SslConnectionObject(context, socket, server, name, owner);
        if (server) {
            made.ssl.serverNames().add(made.connection(), made);
        }
        return made;
    }

    @Override
    public Bindings bindings() {
        return ssl.bindings();
    }

    SslBindings ssl() {
        return ssl;
    }

    SocketObject socket() {
        return socket;
    }

    PyTlsSocket tls() {
        return tls;
    }

    TlsConnection connection() {
        return tls.connection();
    }

    /** Null where it is not there any more. */
    PyObject owner() {
        return owner == null ? this : owner.get();
    }

    SslContextObject context() {
        return context;
    }

    void setContext(SslContextObject other) {
        context = other;
        connection().setContext(other.tls());
    }

    boolean isEnding() {
        return ending;
    }

    void setEnding() {
        ending = true;
    }

    @Override
    public String toString() {
        return "<_ssl._SSLSocket object at " + Py.idstr(this) + ">";
    }
}
