package io.github.pysockets.jython;

import io.github.pysockets.stack.StackException;
import io.github.pysockets.tls.cert.IdentityReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.python.core.Py;
import org.python.core.PyByteArray;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyUnicode;
import org.python.core.imp;

/** {@code load_cert_chain}: the certificates, with their keys, that a context shows to others. */
final class SslIdentities {
    /** OpenSSL's PEM_BUFSIZE. */
    private static final int LONGEST_PASSWORD = 1024;

    private SslIdentities() {}

    static PyObject load(SslContextObject self, Arguments arguments) throws StackException {
        Path certificateFile = SslFiles.path(arguments.get(0));
        Path keyFile = SslFiles.pathOrNull(arguments, 1);
        PyObject password = arguments.orNone(2);
        if (password != Py.None && !password.isCallable()) {
            bytes(password, "password should be a string or callable");
        }
        byte[] certificates = SslFiles.content(self.bindings(), certificateFile);
        byte[] key = keyFile == null ? null : SslFiles.content(self.bindings(), keyFile);
        byte[] secret = IdentityReader.needsPassword(key == null ? certificates : key) ? secret(password) : null;
        self.ssl().errors().checked(() -> {
            self.tls().loadIdentity(certificates, key, secret, self.securityLevel());
            return null;
        });
        if (key != null) {
            Arrays.fill(key, (byte) 0);
        }
        return Py.None;
    }

    /** The password, which is asked for only here: a callable may wait for somebody. */
    private static byte[] secret(PyObject password) {
        byte[] secret;
        if (password == Py.None) {
            PyObject ask = imp.importName("getpass", true).__getattr__("getpass");
            secret = bytes(ask.__call__(new PyString("Enter PEM pass phrase:")), "no password");
        } else if (password.isCallable()) {
            secret = bytes(password.__call__(), "password callback must return a string");
        } else {
            secret = bytes(password, "");
        }
        if (secret.length > LONGEST_PASSWORD) {
            throw Py.ValueError("password cannot be longer than " + LONGEST_PASSWORD + " bytes");
        }
        return secret;
    }

    private static byte[] bytes(PyObject password, String refusal) {
        return switch (password) {
            case PyUnicode text -> text.getString().getBytes(StandardCharsets.UTF_8);
            case PyString text -> text.toBytes();
            case PyByteArray array -> array.__str__().toBytes();
            default -> throw Py.TypeError(refusal);
        };
    }
}
