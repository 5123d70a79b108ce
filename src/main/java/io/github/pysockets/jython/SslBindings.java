package io.github.pysockets.jython;

import org.python.core.PyStringMap;
import org.python.core.PyType;

/** What belongs to the module {@code _ssl} of one interpreter. Its types are made when they are first needed. */
final class SslBindings implements Bound {
    private final Bindings bindings;
    private final SslErrors errors;
    private final PyStringMap basics;
    private final SslServerNames serverNames = new SslServerNames();
    private PyType contexts;
    private PyType connections;

    SslBindings(Bindings bindings) {
        this.bindings = bindings;
        errors = new SslErrors(bindings.errors());
        basics = SslBasicsModule.members(bindings, errors);
    }

    @Override
    public Bindings bindings() {
        return bindings;
    }

    SslErrors errors() {
        return errors;
    }

    /** What the module {@code _sslbasics} has. */
    PyStringMap basics() {
        return basics;
    }

    /** Which connection calls which object, for the callbacks of servers. */
    SslServerNames serverNames() {
        return serverNames;
    }

    /** The type {@code _SSLContext}. */
    synchronized PyType contexts() {
        if (contexts == null) {
            contexts = SslContextObject.type(this);
        }
        return contexts;
    }

    /** The type {@code _SSLSocket}. */
    synchronized PyType connections() {
        if (connections == null) {
            connections = SslConnectionObject.type(this);
        }
        return connections;
    }
}
