package io.github.pysockets.jython;

import io.github.pysockets.tls.SslConstants;
import io.github.pysockets.tls.cert.ObjectNames;
import io.github.pysockets.tls.cert.OpenSslException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyTuple;

/** The module {@code _ssl}: types, exceptions, functions and numbers, those of CPython 2.7.18. */
final class SslModule {
    /** For programs that compare versions: the first OpenSSL whose behavior this module has. */
    private static final List<Integer> OPENSSL_VERSION = List.of(3, 0, 0, 0, 0);
    private static final int OPENSSL_VERSION_NUMBER = 0x30000000;
    private static final String OPENSSL_VERSION_TEXT = "OpenSSL 3.0.0 (as PySockets gives it on Java's TLS)";

    /** What came with Python 3. */
    private static final Predicate<String> LATER = Set.of(
            "OP_LEGACY_SERVER_CONNECT",
            "OP_ENABLE_KTLS",
            "OP_IGNORE_UNEXPECTED_EOF",
            "OP_NO_TICKET",
            "OP_NO_RENEGOTIATION",
            "PROTOCOL_TLS_CLIENT",
            "PROTOCOL_TLS_SERVER",
            "VERIFY_ALLOW_PROXY_CERTS",
            "VERIFY_X509_PARTIAL_CHAIN")::contains;

    private static final List<String> LATER_KINDS = List.of("PROTO_", "ENCODING_", "HOSTFLAG_");

    private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
    private static final String END = "-----END CERTIFICATE-----";
    private static final String UNDECODED = "Error decoding PEM-encoded file";

    private static final int LONGEST_SHOWN = 100;

    private SslModule() {}

    /** Fills a new module. */
    static void fill(Bindings bindings, ModuleMembers module) {
        SslBindings ssl = bindings.ssl();
        module.set("_SSLContext", ssl.contexts());
        module.set("_SSLSocket", ssl.connections());
        SslBasicsModule.fill(bindings, module);
        SslConstants.byName().forEach((name, number) -> {
            if (!LATER.test(name) && LATER_KINDS.stream().noneMatch(name::startsWith)) {
                module.set(name, Py.newInteger(number));
            }
        });
        module.set("OPENSSL_VERSION", new PyString(OPENSSL_VERSION_TEXT));
        module.set("OPENSSL_VERSION_NUMBER", Py.newInteger(OPENSSL_VERSION_NUMBER));
        module.set("OPENSSL_VERSION_INFO", version());
        module.set("_OPENSSL_API_VERSION", version());
        module.set("HAS_SNI", Py.True);
        module.set("HAS_ALPN", Py.True);
        module.set("HAS_ECDH", Py.True);
        module.set("HAS_TLSv1_3", Py.True);
        module.set("HAS_NPN", Py.False);
        // It consists of the Finished messages, which Java's TLS does not show.
        module.set("HAS_TLS_UNIQUE", Py.False);
        addObjects(module);
        module.function(
                Signature.of("get_default_verify_paths", 0),
                "get_default_verify_paths() -> (variable, file, variable, directory)\n\n"
                        + "Where the system's certificates are, and the variables that say otherwise.",
                (_, _) -> SslTrust.defaultPaths());
        module.function(
                Signature.of("_test_decode_cert", 1),
                "_test_decode_cert(path) -> dict\n\nThe first certificate of a PEM file. For tests.",
                (_, arguments) -> decoded(ssl, arguments));
    }

    private static PyTuple version() {
        return new PyTuple(OPENSSL_VERSION.stream().map(Py::newInteger).toArray(PyObject[]::new));
    }

    // ASN.1 objects

    private static void addObjects(ModuleMembers module) {
        module.function(
                Signature.of("nid2obj", 1),
                "nid2obj(nid) -> (nid, short name, long name, oid)\n\nThe ASN.1 object with a number of OpenSSL's.",
                (_, arguments) -> byNumber(arguments.number(0)));
        module.function(
                Signature.named("txt2obj", 1, "txt", "name"),
                "txt2obj(txt[, name]) -> (nid, short name, long name, oid)\n\n"
                        + "The ASN.1 object with an OID or, where name is true, also a short or long name.",
                (_, arguments) -> byText(
                        SslContextMethods.text(arguments, 0), arguments.orNone(1).__nonzero__()));
    }

    private static PyObject byNumber(int nid) {
        if (nid < 0) {
            throw Py.ValueError("NID must be positive.");
        }
        ObjectNames.Entry found = nid == 0 ? null : ObjectNames.byNid(nid);
        if (found == null) {
            throw Py.ValueError(nid == 0 ? "Unknown object" : "unknown NID " + nid);
        }
        return tuple(found);
    }

    private static PyObject byText(String text, boolean names) {
        ObjectNames.Entry found = ObjectNames.byText(text, names);
        if (found != null) {
            return tuple(found);
        }
        String shown = text.substring(0, Math.min(text.length(), LONGEST_SHOWN));
        throw Py.ValueError(ObjectNames.isDotted(text) ? "Unknown object" : "unknown object '" + shown + "'");
    }

    private static PyTuple tuple(ObjectNames.Entry entry) {
        return new PyTuple(
                Py.newInteger(entry.nid()),
                new PyString(entry.shortName()),
                new PyString(entry.longName()),
                entry.oid() == null ? Py.None : new PyString(entry.oid()));
    }

    // Certificates

    private static PyObject decoded(SslBindings ssl, Arguments arguments) {
        if (!(arguments.get(0) instanceof PyString)) {
            throw Py.TypeError("test_decode_certificate() argument 1 must be string, not "
                    + Bytes.typeName(arguments.get(0)));
        }
        Path file = SslFiles.path(arguments.get(0));
        String pem;
        try {
            pem = new String(SslFiles.content(ssl.bindings(), file), StandardCharsets.ISO_8859_1);
        } catch (PyException unreadable) {
            throw ssl.errors().error(Files.isDirectory(file) ? UNDECODED : "Can't open file");
        }
        int from = pem.indexOf(BEGIN);
        int to = pem.indexOf(END, Math.max(from, 0));
        if (from < 0 || to < 0) {
            throw ssl.errors().error(UNDECODED);
        }
        try {
            return CertificateValues.dict(Base64.getMimeDecoder().decode(pem.substring(from + BEGIN.length(), to)));
        } catch (OpenSslException | IllegalArgumentException broken) {
            throw ssl.errors().error(UNDECODED);
        }
    }
}
