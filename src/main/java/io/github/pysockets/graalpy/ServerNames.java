package io.github.pysockets.graalpy;

import io.github.pysockets.tls.ServerNameListener;
import io.github.pysockets.tls.TlsConnection;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.graalvm.polyglot.Value;

/** Passes the server names that clients send to Python code. */
final class ServerNames {
    /** For each server's connection, a Python weak reference to its object. */
    private final Map<TlsConnection, Value> references = Collections.synchronizedMap(new WeakHashMap<>());

    /** @param reference a Python weak reference to the connection's object */
    void add(TlsConnection connection, Value reference) {
        references.put(connection, reference);
    }

    /**
     * @param function a Python function, called with a weak reference to the connection and the name or None. It
     *     returns what {@link ServerNameListener#named} returns, and raises nothing
     */
    ServerNameListener listener(Value function) {
        return (connection, name) -> {
            Value answer = function.execute(references.get(connection), name);
            return answer.fitsInInt() ? answer.asInt() : ServerNameListener.INTERNAL_ERROR;
        };
    }
}
