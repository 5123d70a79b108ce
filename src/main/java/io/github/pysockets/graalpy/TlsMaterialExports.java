package io.github.pysockets.graalpy;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.python.Codes;
import io.github.pysockets.python.LentBuffer;
import io.github.pysockets.stack.StackException;
import io.github.pysockets.tls.LastFailure;
import io.github.pysockets.tls.MemoryBio;
import io.github.pysockets.tls.cert.CertificateNames;
import io.github.pysockets.tls.cert.IdentityReader;
import io.github.pysockets.tls.cert.ObjectNames;
import io.github.pysockets.tls.cert.PeerCertificateDict;
import java.nio.ByteBuffer;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * Calls of the Python side on queues in memory, certificates, and names of ASN.1 objects. Results are as
 * {@link TlsExports} says.
 */
public final class TlsMaterialExports {
    private final PythonValues python;
    private final LastFailure failures;

    TlsMaterialExports(PythonValues python, LastFailure failures) {
        this.python = python;
        this.failures = failures;
    }

    // Queues

    @HostAccess.Export
    public Object queue() {
        return ResultCodes.value(MemoryBio::new);
    }

    @HostAccess.Export
    public int append(MemoryBio queue, Value data) {
        return ResultCodes.number(queue, it -> it.append(PythonValues.toBytes(data)));
    }

    /**
     * Reads all bytes into a buffer and returns how many. Where they do not fit, reads none and returns
     * {@link Codes#UNUSUAL}.
     */
    @HostAccess.Export
    public int takeAll(MemoryBio queue, ByteBuffer into) {
        return ResultCodes.number(queue, it -> {
            byte[] array = LentBuffer.array(into);
            return it.pending() > array.length ? Codes.UNUSUAL : it.read(array, 0, array.length);
        });
    }

    /** Reads at most {@code count} bytes and returns them as bytes. */
    @HostAccess.Export
    public Object takeBytes(MemoryBio queue, int count) {
        return ResultCodes.value(queue, it -> {
            if (count < 0) {
                throw new StackException(Errno.EINVAL);
            }
            return python.bytes(it.take(count));
        });
    }

    @HostAccess.Export
    public int take(MemoryBio queue, ByteBuffer into, int count) {
        return ResultCodes.number(queue, it -> it.read(LentBuffer.array(into, count), 0, count));
    }

    @HostAccess.Export
    public int pending(MemoryBio queue) {
        return ResultCodes.number(queue, MemoryBio::pending);
    }

    @HostAccess.Export
    public int end(MemoryBio queue) {
        return ResultCodes.action(queue, MemoryBio::writeEof);
    }

    @HostAccess.Export
    public Object atEnd(MemoryBio queue) {
        return ResultCodes.value(queue, MemoryBio::atEnd);
    }

    // Certificates

    /** Whether the key in a PEM file is encrypted. */
    @HostAccess.Export
    public Object needsPassword(Value pem) {
        return ResultCodes.value(() -> IdentityReader.needsPassword(PythonValues.toBytes(pem)));
    }

    /** A tuple of tuples (key, value) for the dict of a certificate. Values are strs, ints, bytes and tuples. */
    @HostAccess.Export
    public Object describe(Value der) {
        return ResultCodes.value(
                () -> failures.value(() -> nested(PeerCertificateDict.of(PythonValues.toBytes(der)))));
    }

    private Value nested(Object[] items) {
        Object[] values = items.clone();
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Object[] inner) {
                values[i] = nested(inner);
            } else if (values[i] instanceof byte[] bytes) {
                values[i] = python.bytes(bytes);
            }
        }
        return python.tuple(values);
    }

    /** A tuple (subject on one line, issuer on one line, subject as in RFC 2253). */
    @HostAccess.Export
    public Object names(Value der) {
        return ResultCodes.value(() -> failures.value(() -> {
            CertificateNames names = CertificateNames.of(PythonValues.toBytes(der));
            return python.tuple(names.subject(), names.issuer(), names.rfc2253());
        }));
    }

    // Objects

    /** A tuple (nid, short name, long name, oid), or None. */
    @HostAccess.Export
    public Object objectByNumber(int nid) {
        return ResultCodes.value(() -> entry(ObjectNames.byNid(nid)));
    }

    /**
     * As {@link #objectByNumber}.
     *
     * @param names whether the text may be a name instead of an OID
     */
    @HostAccess.Export
    public Object objectByText(String text, boolean names) {
        return ResultCodes.value(() -> entry(ObjectNames.byText(ResultCodes.given(text), names)));
    }

    private Value entry(ObjectNames.Entry entry) {
        return entry == null
                ? null
                : python.tuple(entry.nid(), entry.shortName(), entry.longName(), entry.oid());
    }
}
