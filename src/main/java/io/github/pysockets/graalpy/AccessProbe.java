package io.github.pysockets.graalpy;

import java.nio.ByteBuffer;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/** Finds out what the host access of a context allows. The Python side gets it while it is installed, and not after. */
public final class AccessProbe {
    private Value kept;

    AccessProbe() {}

    /** A buffer, to be read. */
    @HostAccess.Export
    public Object buffer() {
        return ResultCodes.value(() -> ByteBuffer.allocate(1));
    }

    /** Keeps a value for {@link #keeps}. */
    @HostAccess.Export
    public int keep(Value value) {
        return ResultCodes.action(() -> kept = value);
    }

    /** Whether the value can be used still. With method scoping it cannot: its life ended with the call. */
    @HostAccess.Export
    public Object keeps() {
        return ResultCodes.value(this::canUseWhatIsKept);
    }

    private boolean canUseWhatIsKept() {
        if (kept == null) {
            return false;
        }
        try {
            kept.isNull();
            return true;
        } catch (IllegalStateException released) {
            return false;
        }
    }
}
