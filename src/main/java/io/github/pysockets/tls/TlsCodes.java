package io.github.pysockets.tls;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.TreeMap;

/** Negative results of a connection's calls. All are below every negated errno. */
public final class TlsCodes {
    /** The call cannot go on before bytes have come. */
    public static final int WANT_READ = -11_001;
    /** The call cannot go on before bytes can be sent. */
    public static final int WANT_WRITE = -11_002;
    /** The peer has ended its side by close_notify. */
    public static final int ZERO_RETURN = -11_003;
    /** The stream has ended without close_notify. */
    public static final int UNEXPECTED_EOF = -11_004;
    /** {@link TlsConnection#failure} has what went wrong. */
    public static final int FAILED = -11_005;
    /** An earlier call has failed, and told why. The connection is of no more use. */
    public static final int BROKEN = -11_006;

    private TlsCodes() {}

    /** Whether the same call can go on once the transport is ready. */
    public static boolean isWant(int result) {
        return result == WANT_READ || result == WANT_WRITE;
    }

    /** All codes by their names, for the Python side. */
    public static Map<String, Integer> byName() {
        Map<String, Integer> codes = new TreeMap<>();
        try {
            for (Field field : TlsCodes.class.getFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.getType() == int.class) {
                    codes.put(field.getName(), field.getInt(null));
                }
            }
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
        return codes;
    }
}
