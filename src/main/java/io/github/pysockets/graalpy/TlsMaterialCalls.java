package io.github.pysockets.graalpy;

import io.github.pysockets.python.Codes;
import io.github.pysockets.stack.Errno;
import io.github.pysockets.stack.StackException;
import io.github.pysockets.tls.CertificateForm;
import io.github.pysockets.tls.CertificateNames;
import io.github.pysockets.tls.IdentityReader;
import io.github.pysockets.tls.MemoryBio;
import io.github.pysockets.tls.ObjectNames;
import java.nio.ByteBuffer;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Value;

/**
 * What the Python side calls for queues in memory, certificates and names of objects. Results are as those of
 * {@link TlsCalls}.
 */
public final class TlsMaterialCalls {
    private final PythonValues python;
    private final TlsFailures failures;

    TlsMaterialCalls(PythonValues python, TlsFailures failures) {
        this.python = python;
        this.failures = failures;
    }

    // Queues

    @HostAccess.Export
    public Object queue() {
        return Guard.value(MemoryBio::new);
    }

    @HostAccess.Export
    public int append(MemoryBio queue, Value data) {
        return Guard.number(queue, it -> it.append(PythonValues.octets(data)));
    }

    /** All octets that there are, into a buffer, and how many; {@link Codes#UNUSUAL}, and none is taken, where it cannot hold them. */
    @HostAccess.Export
    public int takeAll(MemoryBio queue, ByteBuffer into) {
        return Guard.number(queue, it -> {
            byte[] array = Lent.array(into);
            return it.pending() > array.length ? Codes.UNUSUAL : it.read(array, 0, array.length);
        });
    }

    /** At most so many octets, as bytes. */
    @HostAccess.Export
    public Object takeBytes(MemoryBio queue, int count) {
        return Guard.value(queue, it -> {
            if (count < 0) {
                throw new StackException(Errno.EINVAL);
            }
            return python.bytes(it.take(count));
        });
    }

    @HostAccess.Export
    public int take(MemoryBio queue, ByteBuffer into, int count) {
        return Guard.number(queue, it -> it.read(Lent.array(into, count), 0, count));
    }

    @HostAccess.Export
    public int pending(MemoryBio queue) {
        return Guard.number(queue, MemoryBio::pending);
    }

    @HostAccess.Export
    public int end(MemoryBio queue) {
        return Guard.action(queue, MemoryBio::writeEof);
    }

    @HostAccess.Export
    public Object atEnd(MemoryBio queue) {
        return Guard.value(queue, MemoryBio::atEnd);
    }

    // Certificates

    /** Whether the key in a PEM file is encrypted. */
    @HostAccess.Export
    public Object needsPassword(Value pem) {
        return Guard.value(() -> IdentityReader.needsPassword(PythonValues.octets(pem)));
    }

    /** A tuple of tuples (key, value) for the dict that tells of a certificate. Values are strs, ints and tuples. */
    @HostAccess.Export
    public Object describe(Value der) {
        return failures.value(() -> nested(CertificateForm.of(PythonValues.octets(der))));
    }

    private Value nested(Object[] items) {
        Object[] values = items.clone();
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof Object[] inner) {
                values[i] = nested(inner);
            } else if (values[i] instanceof byte[] octets) {
                values[i] = python.bytes(octets);
            }
        }
        return python.tuple(values);
    }

    /** A tuple (subject on one line, issuer on one line, subject as in RFC 2253). */
    @HostAccess.Export
    public Object names(Value der) {
        return failures.value(() -> {
            CertificateNames names = CertificateNames.of(PythonValues.octets(der));
            return python.tuple(names.subject(), names.issuer(), names.rfc2253());
        });
    }

    // Objects

    /** A tuple (nid, short name, long name, oid), or None. */
    @HostAccess.Export
    public Object objectByNumber(int nid) {
        return Guard.value(() -> entry(ObjectNames.byNid(nid)));
    }

    /**
     * As {@link #objectByNumber}.
     *
     * @param names whether the text may be a name rather than an OID
     */
    @HostAccess.Export
    public Object objectByText(String text, boolean names) {
        return Guard.value(() -> entry(ObjectNames.byText(Guard.given(text), names)));
    }

    private Value entry(ObjectNames.Entry entry) {
        return entry == null
                ? null
                : python.tuple(entry.nid(), entry.shortName(), entry.longName(), entry.oid());
    }
}
