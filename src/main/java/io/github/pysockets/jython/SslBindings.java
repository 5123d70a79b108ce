package io.github.pysockets.jython;

import org.python.core.PyType;

/** What belongs to the module {@code _ssl} of one interpreter. */
final class SslBindings implements Bound {
    private final Bindings bindings;
    private final SslErrors errors;
    private final SslServerNames serverNames = new SslServerNames();
    private final PyType contexts;
    private final PyType connections;

    SslBindings(Bindings bindings) {
        this.bindings = bindings;
        errors = new SslErrors(bindings.errors());
        contexts = SslContextObject.type(this);
        connections = SslConnectionObject.type(this);
    }

    @Override
    public Bindings bindings() {
        return bindings;
    }

    SslErrors errors() {
        return errors;
    }

    /** Which connection calls which object, for the callbacks of servers. */
    SslServerNames serverNames() {
        return serverNames;
    }

    /** The type {@code _SSLContext}. */
    PyType contexts() {
        return contexts;
    }

    /** The type {@code _SSLSocket}. */
    PyType connections() {
        return connections;
    }
}
