package io.github.pysockets.graalpy;

import io.github.pysockets.python.Codes;
import io.github.pysockets.tls.CertificateForm;
import io.github.pysockets.tls.IdentityReader;
import io.github.pysockets.tls.MemoryBio;
import io.github.pysockets.tls.ObjectNames;
import io.github.pysockets.tls.OneLineName;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
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
    public MemoryBio queue() {
        return new MemoryBio();
    }

    @HostAccess.Export
    public int append(MemoryBio queue, Value data) {
        return (int) Guard.value(() -> queue.append(PythonValues.octets(data)));
    }

    /** All octets that there are, into a buffer, and how many; {@link Codes#UNUSUAL}, and none is taken, where it cannot hold them. */
    @HostAccess.Export
    public int takeAll(MemoryBio queue, ByteBuffer into) {
        byte[] array = into.array();
        return queue.pending() > array.length ? Codes.UNUSUAL : queue.read(array, 0, array.length);
    }

    /** At most so many octets, as bytes. */
    @HostAccess.Export
    public Object takeBytes(MemoryBio queue, int count) {
        return Guard.value(() -> python.bytes(queue.take(count)));
    }

    @HostAccess.Export
    public int take(MemoryBio queue, ByteBuffer into, int count) {
        return queue.read(into.array(), 0, count);
    }

    @HostAccess.Export
    public int pending(MemoryBio queue) {
        return queue.pending();
    }

    @HostAccess.Export
    public void end(MemoryBio queue) {
        queue.writeEof();
    }

    @HostAccess.Export
    public boolean atEnd(MemoryBio queue) {
        return queue.atEnd();
    }

    // Certificates

    /** Whether the key in a PEM file is encrypted. */
    @HostAccess.Export
    public boolean needsPassword(Value pem) {
        return Boolean.TRUE.equals(Guard.value(() -> IdentityReader.needsPassword(PythonValues.octets(pem))));
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
            try {
                X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(PythonValues.octets(der)));
                return python.tuple(
                        OneLineName.of(certificate.getSubjectX500Principal()),
                        OneLineName.of(certificate.getIssuerX500Principal()),
                        OneLineName.rfc2253(certificate.getSubjectX500Principal()));
            } catch (CertificateException notOne) {
                throw new IllegalArgumentException(notOne);
            }
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
        return Guard.value(() -> entry(ObjectNames.byText(text, names)));
    }

    private Value entry(ObjectNames.Entry entry) {
        return entry == null
                ? null
                : python.tuple(entry.nid(), entry.shortName(), entry.longName(), entry.oid());
    }
}
