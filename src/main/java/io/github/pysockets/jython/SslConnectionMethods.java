package io.github.pysockets.jython;

import io.github.pysockets.stack.StackException;
import io.github.pysockets.tls.CipherSuite;
import io.github.pysockets.tls.SslConstants;
import io.github.pysockets.tls.TlsCodes;
import io.github.pysockets.tls.cert.CertificateNames;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Function;
import org.python.core.Py;
import org.python.core.PyDictionary;
import org.python.core.PyException;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyTuple;
import org.python.core.PyUnicode;

/** The methods and attributes of {@code _ssl._SSLSocket}. */
final class SslConnectionMethods {
    /** Bytes of a read of many. */
    private static final int PIECE = 16 * 1024;

    private SslConnectionMethods() {}

    static NativeType<SslConnectionObject> type() {
        return new NativeType<>("_ssl", "_SSLSocket", SslConnectionObject.class, "A TLS connection over a socket.")
                .method(
                        Signature.of("do_handshake", 0),
                        "do_handshake()\n\nAgrees with the other side on ciphers and keys, and verifies it.",
                        (self, _) -> {
                            checked(self, self.tls().handshake(), "handshake");
                            return Py.None;
                        })
                .method(
                        Signature.of("read", 0, 2),
                        "read([size[, buffer]]) -> data or count\n\n"
                                + "Reads at most so many bytes, '' or 0 at the end; without a size all until the end.",
                        SslConnectionMethods::read)
                .method(
                        Signature.of("write", 1),
                        "write(data) -> count\n\nWrites data. Returns how many bytes.",
                        SslConnectionMethods::write)
                .method(
                        Signature.of("pending", 0),
                        "pending() -> count\n\nHow many bytes can be read before more has to come.",
                        (self, _) -> Py.newInteger(self.connection().pending()))
                .method(
                        Signature.of("shutdown", 0),
                        "shutdown() -> socket\n\nEnds the connection, waits for the other side to do so too, and "
                                + "returns the socket.",
                        (self, _) -> shutdown(self))
                .method(
                        Signature.of("peer_certificate", 0, 1),
                        "peer_certificate([der]) -> dict, str or None\n\nThe other side's certificate. The dict is "
                                + "empty where it was not verified.",
                        SslConnectionMethods::peerCertificate)
                .method(
                        Signature.of("server", 0),
                        "server() -> str\n\nThe subject of the server's certificate on one line.",
                        (self, _) -> name(self, CertificateNames::subject))
                .method(
                        Signature.of("issuer", 0),
                        "issuer() -> str\n\nThe issuer of the server's certificate on one line.",
                        (self, _) -> name(self, CertificateNames::issuer))
                .method(
                        Signature.of("cipher", 0),
                        "cipher() -> (name, protocol, bits) or None\n\nThe cipher that was agreed on.",
                        (self, _) -> cipher(self.connection().cipher()))
                .method(
                        Signature.of("version", 0),
                        "version() -> unicode or None\n\nThe version of the protocol.",
                        (self, _) -> unicode(self.connection().version()))
                .method(
                        Signature.of("selected_alpn_protocol", 0),
                        "selected_alpn_protocol() -> str or None\n\nThe protocol that ALPN chose.",
                        (self, _) -> str(self.connection().applicationProtocol()))
                .method(
                        Signature.of("compression", 0),
                        "compression() -> None\n\nData are never compressed.",
                        (_, _) -> Py.None)
                .method(
                        Signature.of("tls_unique_cb", 0),
                        "tls_unique_cb()\n\nRefused after the handshake: Java's TLS does not give channel bindings.",
                        (self, _) -> tlsUnique(self))
                .attribute(
                        "context",
                        "The context. A server's callback for names may set another.",
                        SslConnectionObject::context,
                        SslConnectionMethods::setContext);
    }

    private static PyException failure(SslConnectionObject self, int code, String operation) {
        return self.ssl().errors().failure(code, operation, self.connection());
    }

    private static int checked(SslConnectionObject self, int result, String operation) {
        if (result < 0) {
            throw failure(self, result, operation);
        }
        return result;
    }

    // Data

    private static PyObject read(SslConnectionObject self, Arguments arguments) {
        if (!arguments.has(0)) {
            return readAll(self);
        }
        int asked = arguments.number(0);
        if (arguments.has(1)) {
            return readInto(self, arguments, asked);
        }
        if (asked < 0) {
            throw Py.ValueError("size should not be negative");
        }
        if (asked == 0) {
            return Py.EmptyString;
        }
        int size = ReceiveBuffers.bounded(asked);
        byte[] into = ReceiveBuffers.atLeast(size);
        return Bytes.str(into, 0, received(self, self.tls().read(into, 0, size)));
    }

    /** All until the end, as the documentation of Python 2 has it; CPython wants a size. */
    private static PyObject readAll(SslConnectionObject self) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] into = ReceiveBuffers.atLeast(PIECE);
        for (;;) {
            int count = received(self, self.tls().read(into, 0, PIECE));
            if (count == 0) {
                return Bytes.str(all.toByteArray());
            }
            all.write(into, 0, count);
        }
    }

    private static PyObject readInto(SslConnectionObject self, Arguments arguments, int asked) {
        try (Bytes.Target target = Bytes.target(arguments, 1)) {
            int size = ReceiveBuffers.bounded(asked <= 0 || asked > target.size() ? target.size() : asked);
            if (size == 0) {
                return Py.Zero;
            }
            // Not into the target's own array: bytes get there before they are known to be authentic.
            byte[] into = ReceiveBuffers.atLeast(size);
            int count = received(self, self.tls().read(into, 0, size));
            target.put(into, count);
            return Py.newInteger(count);
        }
    }

    /** How many bytes were read: none at an end with notice, unless this side has ended the connection too. */
    private static int received(SslConnectionObject self, int result) {
        return result == TlsCodes.ZERO_RETURN && !self.isEnding() ? 0 : checked(self, result, "read");
    }

    private static PyObject write(SslConnectionObject self, Arguments arguments) {
        try (Bytes.Source source = Bytes.source(arguments, 0, "string or buffer")) {
            return Py.newInteger(checked(self, self.tls().write(source::copyToEnd, source.size()), "write"));
        }
    }

    private static PyObject shutdown(SslConnectionObject self) {
        if (self.socket().socket().fileno() < 0) {
            throw self.ssl().errors().noSocket();
        }
        int result = self.tls().shutdown();
        if (result != TlsCodes.FAILED) {
            self.setEnding();
        }
        checked(self, result, "read");
        return self.socket();
    }

    // The other side

    private static X509Certificate peer(SslConnectionObject self) {
        List<X509Certificate> chain = self.connection().peerChain();
        return chain.isEmpty() ? null : chain.getFirst();
    }

    private static PyObject peerCertificate(SslConnectionObject self, Arguments arguments) throws StackException {
        boolean der = arguments.orNone(0).__nonzero__();
        if (!self.connection().handshakeDone()) {
            throw Py.ValueError("handshake not done yet");
        }
        X509Certificate peer = peer(self);
        if (peer == null) {
            return Py.None;
        }
        if (der) {
            return CertificateValues.der(peer);
        }
        return self.context().verifyMode() == SslConstants.CERT_NONE
                ? new PyDictionary()
                : self.ssl().errors().checked(() -> CertificateValues.dict(CertificateValues.encoded(peer)));
    }

    /** Part of the certificate as text; an empty str where there is none. */
    private static PyObject name(SslConnectionObject self, Function<CertificateNames, String> part)
            throws StackException {
        X509Certificate peer = peer(self);
        return peer == null
                ? Py.EmptyString
                : self.ssl().errors().checked(
                        () -> str(part.apply(CertificateNames.of(CertificateValues.encoded(peer)))));
    }

    // What was agreed on

    private static PyObject cipher(CipherSuite cipher) {
        return cipher == null
                ? Py.None
                : new PyTuple(
                        new PyString(cipher.name()),
                        new PyString(cipher.protocol()),
                        Py.newInteger(cipher.strengthBits()));
    }

    private static PyObject unicode(String text) {
        return text == null ? Py.None : new PyUnicode(text);
    }

    /** A str of text whose chars are bytes. */
    private static PyObject str(String text) {
        return text == null ? Py.None : Bytes.str(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static PyObject tlsUnique(SslConnectionObject self) {
        if (!self.connection().handshakeDone()) {
            return Py.None;
        }
        throw SslContextMethods.notThere(
                "get_channel_binding: Java's TLS does not tell what tls-unique is made of");
    }

    private static void setContext(SslConnectionObject self, PyObject value) {
        if (!(value instanceof SslContextObject context)) {
            throw Py.TypeError("The value must be a SSLContext");
        }
        self.setContext(context);
    }
}
