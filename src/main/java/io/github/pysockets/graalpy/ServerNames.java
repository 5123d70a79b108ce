package io.github.pysockets.graalpy;

import io.github.pysockets.tls.ServerNameListener;
import io.github.pysockets.tls.TlsConnection;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.graalvm.polyglot.Value;

/** Tells Python code of the names that clients call servers by. */
final class ServerNames {
    /** The alert for an answer that is none: RFC 8446, section 6. */
    private static final int INTERNAL_ERROR = 80;

    /** The Python object of each server's connection. */
    private final Map<TlsConnection, Value> ends = Collections.synchronizedMap(new WeakHashMap<>());

    /** @param reference a weak reference of Python's to the object */
    void add(TlsConnection connection, Value reference) {
        ends.put(connection, reference);
    }

    /**
     * @param function of Python's: given a weak reference to the connection and the name or None, it gives what
     *     {@link ServerNameListener#named} does, and raises nothing
     */
    ServerNameListener listener(Value function) {
        return (connection, name) -> {
            Value answer = function.execute(ends.get(connection), name);
            return answer.fitsInInt() ? answer.asInt() : INTERNAL_ERROR;
        };
    }
}
