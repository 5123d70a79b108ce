package io.github.pysockets.jython;

import io.github.pysockets.python.AddressTuples;
import io.github.pysockets.python.SocketRuntime;
import javax.net.ssl.SSLContext;
import org.python.core.PyType;

/** What belongs to one interpreter. */
final class Bindings implements Bound {
    private final SocketRuntime runtime;
    private final SSLContext hostTrust;
    private final JythonValues values = new JythonValues();
    private final AddressTuples addresses;
    private final SocketErrors errors;
    private final PyType socketType;
    private SslBindings ssl;
    private volatile Timeout defaultTimeout = Timeout.NONE;

    /** @param hostTrust the application's own context for TLS; null for none */
    Bindings(SocketRuntime runtime, SSLContext hostTrust) {
        this.runtime = runtime;
        this.hostTrust = hostTrust;
        addresses = new AddressTuples(runtime, values);
        errors = new SocketErrors(runtime);
        socketType = SocketObject.type(this);
    }

    @Override
    public Bindings bindings() {
        return this;
    }

    /** The interpreter's sockets. */
    SocketRuntime runtime() {
        return runtime;
    }

    /** The application's own context for TLS; null for none. */
    SSLContext hostTrust() {
        return hostTrust;
    }

    JythonValues values() {
        return values;
    }

    AddressTuples addresses() {
        return addresses;
    }

    SocketErrors errors() {
        return errors;
    }

    /** {@code _socket.socket}. */
    PyType socketType() {
        return socketType;
    }

    /** What the modules of TLS share, made when it is first needed. */
    synchronized SslBindings ssl() {
        if (ssl == null) {
            ssl = new SslBindings(this);
        }
        return ssl;
    }

    /** The timeout of new sockets. */
    Timeout defaultTimeout() {
        return defaultTimeout;
    }

    void setDefaultTimeout(Timeout timeout) {
        runtime.setDefaultTimeout(timeout.nanos());
        defaultTimeout = timeout;
    }
}
