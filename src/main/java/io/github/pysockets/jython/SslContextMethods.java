package io.github.pysockets.jython;

import io.github.pysockets.stack.StackException;
import io.github.pysockets.tls.SslConstants;
import io.github.pysockets.tls.TlsContext;
import io.github.pysockets.tls.cert.OpenSslException;
import io.github.pysockets.tls.cert.TrustStore;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.python.core.Py;
import org.python.core.PyDictionary;
import org.python.core.PyException;
import org.python.core.PyInteger;
import org.python.core.PyList;
import org.python.core.PyLong;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyUnicode;

/** The methods and attributes of {@code _ssl._SSLContext}. */
final class SslContextMethods {
    private static final String DOC = "_SSLContext(protocol)\n\nSettings for TLS connections: see ssl.SSLContext.";

    private static final String[] STATISTICS = {
        "number", "connect", "connect_good", "connect_renegotiate", "accept", "accept_good", "accept_renegotiate",
        "hits", "misses", "timeouts", "cache_full"
    };

    private static final int KNOWN_VERIFY_FLAGS = SslConstants.VERIFY_CRL_CHECK_CHAIN
            | SslConstants.VERIFY_X509_STRICT
            | SslConstants.VERIFY_ALLOW_PROXY_CERTS
            | SslConstants.VERIFY_X509_TRUSTED_FIRST
            | SslConstants.VERIFY_X509_PARTIAL_CHAIN;

    private SslContextMethods() {}

    static NativeType<SslContextObject> type() {
        return attributes(methods(new NativeType<>("_ssl", "_SSLContext", SslContextObject.class, DOC)));
    }

    private static NativeType<SslContextObject> methods(NativeType<SslContextObject> type) {
        return type.method(
                Signature.named("_wrap_socket", 2, "sock", "server_side", "server_hostname",
                        "ssl_sock"),
                "_wrap_socket(sock, server_side[, server_hostname[, ssl_sock]]) -> connection\n\n"
                        + "A TLS connection over a socket.",
                SslContextMethods::wrapSocket)
                .method(
                        Signature.of("set_ciphers", 1),
                        "set_ciphers(ciphers)\n\nSets the ciphers by a str in the form of openssl-ciphers(1).",
                        (self, arguments) -> {
                            self.setCiphers(text(arguments, 0));
                            return Py.None;
                        })
                .method(
                        Signature.of("_set_alpn_protocols", 1),
                        "_set_alpn_protocols(protocols)\n\nThe protocols for ALPN, each after a byte with its length.",
                        SslContextMethods::setAlpnProtocols)
                .method(
                        Signature.of("_set_npn_protocols", 1),
                        "_set_npn_protocols(protocols)\n\nRefused: NPN is not there.",
                        (_, _) -> {
                            throw notThere("The NPN extension requires OpenSSL 1.0.1 or later.");
                        })
                .method(
                        Signature.named("load_cert_chain", 1, "certfile", "keyfile", "password"),
                        "load_cert_chain(certfile[, keyfile[, password]])\n\n"
                                + "Loads a certificate with its chain, and its key, from PEM files.",
                        SslIdentities::load)
                .method(
                        Signature.named("load_verify_locations", 0, "cafile", "capath", "cadata"),
                        "load_verify_locations([cafile[, capath[, cadata]]])\n\n"
                                + "Trusts the certificates of a file, of a directory, and of a unicode in PEM or a "
                                + "str in DER.",
                        SslTrust::load)
                .method(
                        Signature.of("set_default_verify_paths", 0),
                        "set_default_verify_paths()\n\nTrusts the authorities that the system trusts.",
                        (self, _) -> {
                            SslTrust.loadDefaults(self);
                            return Py.None;
                        })
                .method(
                        Signature.of("load_dh_params", 1),
                        "load_dh_params(path)\n\nRefused: Java's TLS has the groups of RFC 7919.",
                        SslContextMethods::loadDhParams)
                .method(
                        Signature.of("set_ecdh_curve", 1),
                        "set_ecdh_curve(name)\n\nSets the only curve for the key exchange.",
                        SslContextMethods::setEcdhCurve)
                .method(
                        Signature.of("set_servername_callback", 1),
                        "set_servername_callback(callback)\n\nA callable for the names by which clients call a "
                                + "server, called with (connection, name or None, context); or None.",
                        SslContextMethods::setServerNameCallback)
                .method(
                        Signature.of("session_stats", 0),
                        "session_stats() -> dict\n\nHow many handshakes there were, by outcome.",
                        (self, _) -> sessionStatistics(self))
                .method(
                        Signature.of("cert_store_stats", 0),
                        "cert_store_stats() -> dict\n\nHow many certificates and revocation lists are loaded.",
                        (self, _) -> storeCounts(self))
                .method(
                        Signature.named("get_ca_certs", 0, "binary_form"),
                        "get_ca_certs([binary_form]) -> list\n\n"
                                + "The trusted authorities' certificates: dicts or, in binary form, strs in DER.",
                        SslContextMethods::authorities);
    }

    private static NativeType<SslContextObject> attributes(NativeType<SslContextObject> type) {
        return type.attribute(
                "options",
                "OP_ flags.",
                self -> Py.newLong(self.options()),
                (self, value) -> self.setOptions(Arguments.toLong(value)))
                .attribute(
                        "verify_mode",
                        "Whether the other side has to show a certificate: a CERT_ constant.",
                        self -> Py.newLong(self.verifyMode()),
                        SslContextMethods::setVerifyMode)
                .attribute(
                        "verify_flags",
                        "How certificates are verified: VERIFY_ flags.",
                        self -> Py.newLong(self.verifyFlags()),
                        SslContextMethods::setVerifyFlags)
                .attribute(
                        "check_hostname",
                        "Whether a certificate has to be for the name by which the server was called.",
                        self -> Py.newBoolean(self.checksHostname()),
                        SslContextMethods::setCheckHostname);
    }

    /** A str or unicode argument without a zero, as CPython's format "s" takes it. */
    static String text(Arguments arguments, int at) {
        PyObject value = arguments.get(at);
        String text = switch (value) {
            case PyUnicode unicode -> unicode.encode();
            case PyString str -> str.getString();
            default -> throw Py.TypeError(arguments.function() + "() argument " + (at + 1) + " must be string, not "
                    + Bytes.typeName(value));
        };
        if (text.indexOf(0) >= 0) {
            throw Py.TypeError(arguments.function() + "() argument " + (at + 1)
                    + " must be string without null bytes, not " + Bytes.typeName(value));
        }
        return text;
    }

    static PyException notThere(String text) {
        return SocketErrors.exception(Py.NotImplementedError, new PyString(text));
    }

    // Connections

    private static PyObject wrapSocket(SslContextObject self, Arguments arguments) throws StackException {
        if (!(arguments.get(0) instanceof SocketObject socket)) {
            throw Py.TypeError("_wrap_socket() argument 1 must be _socket.socket, not "
                    + Bytes.typeName(arguments.get(0)));
        }
        boolean server = arguments.number(1) != 0;
        PyObject hostname = arguments.orNone(2);
        String name = hostname == Py.None ? null : hostName(hostname);
        PyObject owner = arguments.has(3) ? arguments.get(3) : null;
        return SslConnectionObject.of(self, socket, server, name, owner);
    }

    /** The name in the form that goes over the wire; null for one that cannot, which OpenSSL leaves out too. */
    private static String hostName(PyObject hostname) {
        String name = switch (hostname) {
            case PyUnicode unicode -> HostNameText.encoded(unicode);
            case PyString str -> str.getString();
            default -> throw Py.TypeError("coercing to Unicode: need string or buffer, "
                    + hostname.getType().fastGetName() + " found");
        };
        if (name.indexOf(0) >= 0) {
            throw Py.TypeError("_wrap_socket() argument 3 must be encoded string without null bytes, not "
                    + Bytes.typeName(hostname));
        }
        try {
            TlsContext.requireLength(name);
        } catch (OpenSslException tooLong) {
            return null;
        }
        return TlsContext.isServerName(name) ? name : null;
    }

    private static PyObject setServerNameCallback(SslContextObject self, Arguments arguments) {
        PyObject callback = arguments.get(0);
        if (callback == Py.None) {
            self.tls().setServerNameListener(null);
            return Py.None;
        }
        if (!callback.isCallable()) {
            throw Py.TypeError("not a callable object");
        }
        self.tls().setServerNameListener(self.ssl().serverNames().listener(callback, self));
        return Py.None;
    }

    // Settings

    private static void setVerifyMode(SslContextObject self, PyObject value) {
        int mode = Arguments.toInt(value);
        if (mode < SslConstants.CERT_NONE || mode > SslConstants.CERT_REQUIRED) {
            throw Py.ValueError("invalid value for verify_mode");
        }
        if (mode == SslConstants.CERT_NONE && self.checksHostname()) {
            throw Py.ValueError("Cannot set verify_mode to CERT_NONE when check_hostname is enabled.");
        }
        self.setVerifyMode(mode);
    }

    private static void setVerifyFlags(SslContextObject self, PyObject value) {
        if (!(value instanceof PyInteger || value instanceof PyLong)) {
            throw Py.TypeError("argument must be an integer, not " + Bytes.typeName(value));
        }
        long flags = Arguments.toLong(value);
        long unknown = flags & ~KNOWN_VERIFY_FLAGS;
        if (unknown != 0) {
            throw notThere("verify_flags: Java's verification has nothing for the flags 0x"
                    + Long.toHexString(unknown));
        }
        self.setVerifyFlags(flags);
    }

    private static void setCheckHostname(SslContextObject self, PyObject value) {
        boolean check = value.__nonzero__();
        if (check && self.verifyMode() == SslConstants.CERT_NONE) {
            throw Py.ValueError(
                    "check_hostname needs a SSL context with either CERT_OPTIONAL or CERT_REQUIRED");
        }
        self.setCheckHostname(check);
    }

    private static PyObject setAlpnProtocols(SslContextObject self, Arguments arguments) throws StackException {
        byte[] bytes;
        try (Bytes.Source source = Bytes.source(arguments, 0, "string or buffer")) {
            bytes = source.copy();
        }
        List<String> protocols = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int length = Byte.toUnsignedInt(bytes[at]);
            if (length == 0 || at + 1 + length > bytes.length || protocols.size() == TlsContext.MOST_PROTOCOLS) {
                throw SocketErrors.exception(Py.MemoryError);
            }
            protocols.add(new String(bytes, at + 1, length, StandardCharsets.ISO_8859_1));
            at += 1 + length;
        }
        self.tls().setApplicationProtocols(protocols);
        return Py.None;
    }

    private static PyObject setEcdhCurve(SslContextObject self, Arguments arguments) {
        PyObject value = arguments.get(0);
        String name = switch (value) {
            case PyUnicode unicode -> unicode.encode();
            case PyString str -> str.getString();
            default -> throw Py.TypeError(
                    "expected string or Unicode object, " + value.getType().fastGetName() + " found");
        };
        try {
            self.tls().setGroup(name);
        } catch (OpenSslException unknown) {
            throw Py.ValueError("unknown elliptic curve name " + value.__repr__());
        }
        return Py.None;
    }

    private static PyObject loadDhParams(SslContextObject self, Arguments arguments) {
        PyObject name = arguments.get(0);
        String text = new String(
                SslFiles.content(self.bindings(), SslFiles.path(name), name), StandardCharsets.ISO_8859_1);
        if (!text.contains("-----BEGIN DH PARAMETERS-----") && !text.contains("-----BEGIN X9.42 DH PARAMETERS-----")) {
            throw self.ssl().errors().of(OpenSslException.of("PEM", "NO_START_LINE", "no start line"));
        }
        throw notThere("load_dh_params: Java's TLS uses the groups of RFC 7919, and no other");
    }

    // What is there

    private static PyObject sessionStatistics(SslContextObject self) {
        PyDictionary dict = new PyDictionary();
        long[] counts = self.tls().sessionStatistics();
        for (int i = 0; i < STATISTICS.length; i++) {
            dict.__setitem__(new PyString(STATISTICS[i]), Py.newLong(counts[i]));
        }
        return dict;
    }

    private static PyObject storeCounts(SslContextObject self) {
        TrustStore.Counts counts = self.tls().trust().counts();
        PyDictionary dict = new PyDictionary();
        dict.__setitem__(new PyString("x509"), Py.newInteger(counts.x509()));
        dict.__setitem__(new PyString("crl"), Py.newInteger(counts.crl()));
        dict.__setitem__(new PyString("x509_ca"), Py.newInteger(counts.x509Ca()));
        return dict;
    }

    private static PyObject authorities(SslContextObject self, Arguments arguments) throws StackException {
        boolean binary = arguments.orNone(0).__nonzero__();
        PyList list = new PyList();
        for (X509Certificate certificate : self.tls().trust().authorities()) {
            list.append(binary
                    ? CertificateValues.der(certificate)
                    : self.ssl().errors().checked(
                            () -> CertificateValues.dict(CertificateValues.encoded(certificate))));
        }
        return list;
    }
}
