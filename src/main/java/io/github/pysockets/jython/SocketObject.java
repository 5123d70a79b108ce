package io.github.pysockets.jython;

import io.github.pysockets.python.PySocket;
import io.github.pysockets.python.SocketUses;
import org.python.core.PyObject;
import org.python.core.PyObjectDerived;
import org.python.core.PyType;
import org.python.expose.ExposedType;

/**
 * A {@code _socket.socket}: what CPython 2.7 has of a socket in C. {@code socket.py} builds {@code socket.socket} on
 * it.
 *
 * <p>Its class is that of Jython's objects of Python classes, so that scripts can have subclasses.
 */
@ExposedType(name = "_socket.socket")
public final class SocketObject extends PyObjectDerived implements Bound {
    private static final long serialVersionUID = 1L;

    private static final NativeType<SocketObject> TYPE = SocketMethods.type().register();

    private final transient Bindings bindings;
    private transient volatile PySocket socket;
    private transient volatile SocketUses uses;
    private transient volatile Timeout timeout = Timeout.NONE;

    private SocketObject(Bindings bindings, PyType type) {
        super(type);
        this.bindings = bindings;
        socket = bindings.runtime().unopened();
        uses = new SocketUses(socket, this);
    }

    /** Makes one interpreter's type. */
    static PyType type(Bindings bindings) {
        return TYPE.of(bindings, SocketObject::new);
    }

    /** Makes an object of the interpreter's type for a new socket, which has the default timeout. */
    static SocketObject of(Bindings bindings, PySocket socket) {
        SocketObject made = new SocketObject(bindings, bindings.socketType());
        made.open(socket);
        return made;
    }

    @Override
    public Bindings bindings() {
        return bindings;
    }

    PySocket socket() {
        return socket;
    }

    void open(PySocket opened) {
        timeout = bindings.defaultTimeout();
        socket = opened;
        uses = new SocketUses(opened, this);
    }

    /** Those who share the socket and close it together. */
    SocketUses uses() {
        return uses;
    }

    Timeout timeout() {
        return timeout;
    }

    void setTimeout(Timeout newTimeout) {
        timeout = newTimeout;
    }

    @Override
    public void dispatch__init__(PyObject[] arguments, String[] keywords) {
        getType().lookup("__init__").__get__(this, getType()).__call__(arguments, keywords);
    }
}
