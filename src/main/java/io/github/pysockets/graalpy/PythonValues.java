package io.github.pysockets.graalpy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.graalvm.polyglot.Value;

/** Makes Python values out of Java ones, by small functions of the Python side. */
final class PythonValues {
    private final Value tuple;
    private final Value bytes;
    private final Value path;
    private final Value unsigned;

    /**
     * @param tuple function: its arguments as a tuple
     * @param bytes function: a buffer as bytes
     * @param path function: a buffer as str, decoded as file names are
     * @param unsigned function: the 64 bits of an int, taken as unsigned
     */
    PythonValues(Value tuple, Value bytes, Value path, Value unsigned) {
        this.tuple = tuple;
        this.bytes = bytes;
        this.path = path;
        this.unsigned = unsigned;
    }

    /** A tuple of Python values, numbers, strings and host objects. */
    Value tuple(Object... items) {
        return tuple.execute(items);
    }

    Value bytes(byte[] octets) {
        return bytes.execute(ByteBuffer.wrap(octets));
    }

    /** The str that os.fsdecode gives. */
    Value path(byte[] octets) {
        return path.execute(ByteBuffer.wrap(octets));
    }

    Value unsigned(long bits) {
        return unsigned.execute(bits);
    }

    /** Its DER as bytes. */
    Value certificate(X509Certificate certificate) {
        try {
            return bytes(certificate.getEncoded());
        } catch (CertificateEncodingException notOfThisJdk) {
            throw new IllegalStateException(notOfThisJdk);
        }
    }

    /** A tuple of bytes in DER. */
    Value certificates(List<X509Certificate> certificates) {
        return tuple(certificates.stream().map(this::certificate).toArray());
    }

    /** The octets of a Python buffer. */
    static byte[] octets(Value buffer) {
        byte[] octets = new byte[Math.toIntExact(buffer.getBufferSize())];
        if (octets.length > 0) {
            buffer.readBuffer(0, octets, 0, octets.length);
        }
        return octets;
    }

    /** The octets of a str in which each char is an octet; null for None. */
    static byte[] latin1(Value text) {
        return text.isNull() ? null : text.asString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
