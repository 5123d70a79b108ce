package io.github.pysockets.graalpy;

import io.github.pysockets.python.LoopTls;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/** The calls of one TLS connection of an event loop. Results are as {@link HostExports} says. */
public final class TlsStreamExports {
    private final LoopTls tls;

    TlsStreamExports(LoopTls tls) {
        this.tls = tls;
    }

    LoopTls tls() {
        return tls;
    }

    /** Sets whether rounds open the records that they receive, and give plain bytes. */
    @HostAccess.Export
    public int setOpening(boolean opens) {
        return ResultCodes.action(() -> tls.setOpening(opens));
    }

    /** Encrypts and sends: see {@link LoopTls#write}. */
    @HostAccess.Export
    public int write(Value data) {
        try {
            return tls.write(new PythonBuffer(data), PythonBuffer.size(data));
        } catch (Throwable failure) {
            return ResultCodes.code(failure);
        }
    }
}
