package io.github.pysockets.graalpy;

import io.github.pysockets.tls.ServerNameListener;
import io.github.pysockets.tls.TlsConnection;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.graalvm.polyglot.Value;

/** Tells Python code the server names that clients send. */
final class ServerNames {
    /** A weak reference of Python's to the object of each server's connection. */
    private final Map<TlsConnection, Value> references = Collections.synchronizedMap(new WeakHashMap<>());

    /** @param reference a weak reference of Python's to the connection's object */
    void add(TlsConnection connection, Value reference) {
        references.put(connection, reference);
    }

    /**
     * @param function of Python's: called with a weak reference to the connection and the name or None, it gives what
     *     {@link ServerNameListener#named} gives, and raises nothing
     */
    ServerNameListener listener(Value function) {
        return (connection, name) -> {
            Value answer = function.execute(references.get(connection), name);
            return answer.fitsInInt() ? answer.asInt() : ServerNameListener.INTERNAL_ERROR;
        };
    }
}
