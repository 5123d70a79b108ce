package io.github.pysockets.jython;

import io.github.pysockets.stack.StackException;
import io.github.pysockets.tls.TlsContext;
import io.github.pysockets.tls.cert.HashedDirectory;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyTuple;
import org.python.core.PyUnicode;
import org.python.core.imp;

/** The authorities that a context trusts. */
final class SslTrust {
    private static final String FILE_VARIABLE = "SSL_CERT_FILE";
    private static final String DIRECTORY_VARIABLE = "SSL_CERT_DIR";
    private static final List<String> HOMES = List.of("/usr/lib/ssl", "/etc/ssl", "/etc/pki/tls", "/usr/local/ssl");

    private static final String NO_DATA = "cadata should be an ASCII string or a bytes-like object";

    private SslTrust() {}

    /** {@code load_verify_locations}. */
    static PyObject load(SslContextObject self, Arguments arguments) throws StackException {
        PyObject data = arguments.orNone(2);
        if (arguments.orNone(0) == Py.None && arguments.orNone(1) == Py.None && data == Py.None) {
            throw Py.TypeError("cafile, capath and cadata cannot be all omitted");
        }
        Path file = SslFiles.pathOrNull(arguments, 0);
        Path directory = SslFiles.pathOrNull(arguments, 1);
        if (data != Py.None) {
            addData(self, data);
        }
        if (file != null) {
            byte[] pem = SslFiles.content(self.bindings(), file);
            self.ssl().errors().checked(() -> {
                self.tls().trust().addPem(pem);
                return null;
            });
        }
        if (directory != null) {
            addDirectory(self, directory);
        }
        return Py.None;
    }

    private static void addData(SslContextObject self, PyObject data) throws StackException {
        if (data instanceof PyUnicode text) {
            byte[] pem = text.getString().getBytes(StandardCharsets.UTF_8);
            if (pem.length != text.getString().length()) {
                throw Py.TypeError(NO_DATA);
            }
            requireSome(pem);
            self.ssl().errors().checked(() -> {
                self.tls().trust().addText(pem);
                return null;
            });
            return;
        }
        byte[] der;
        try (Bytes.Source source = Bytes.sourceOrNull(data)) {
            if (source == null) {
                throw Py.TypeError(NO_DATA);
            }
            der = source.copy();
        }
        requireSome(der);
        self.ssl().errors().checked(() -> {
            self.tls().trust().addDer(der);
            return null;
        });
    }

    private static void requireSome(byte[] data) {
        if (data.length == 0) {
            throw Py.ValueError("Empty certificate data");
        }
    }

    private static void addDirectory(SslContextObject self, Path directory) throws StackException {
        self.ssl().errors().checked(() -> {
            self.tls().trust().addDirectory(reader(directory));
            return null;
        });
    }

    private static HashedDirectory reader(Path directory) {
        return name -> {
            try {
                return Files.readAllBytes(directory.resolve(name));
            } catch (IOException notThere) {
                return null;
            }
        };
    }

    /** {@code set_default_verify_paths}: what the application trusts, or else the system and OpenSSL's variables. */
    static void loadDefaults(SslContextObject self) throws StackException {
        TlsContext tls = self.tls();
        if (self.bindings().hostTrust() != null) {
            tls.useHostTrust(self.bindings().hostTrust());
            return;
        }
        PyObject environment = imp.importName("os", true).__getattr__("environ");
        String directories = variable(environment, DIRECTORY_VARIABLE);
        if (directories.isEmpty()) {
            tls.trust().addSystem();
        }
        // As with OpenSSL, what cannot be read is no failure here.
        String file = variable(environment, FILE_VARIABLE);
        if (!file.isEmpty()) {
            addIfReadable(self, file);
        }
        for (String directory : directories.split(File.pathSeparator)) {
            if (!directory.isEmpty()) {
                try {
                    addDirectory(self, Path.of(Py.getSystemState().getPath(directory)));
                } catch (InvalidPathException noPath) {
                    // Then nothing is there.
                }
            }
        }
    }

    private static void addIfReadable(SslContextObject self, String file) throws StackException {
        try {
            byte[] pem = SslFiles.content(self.bindings(), Path.of(Py.getSystemState().getPath(file)));
            self.ssl().errors().checked(() -> {
                self.tls().trust().addPem(pem);
                return null;
            });
        } catch (PyException | InvalidPathException unreadable) {
            // Trusts no more than before.
        }
    }

    private static String variable(PyObject environment, String name) {
        PyObject value = environment.invoke("get", new PyString(name));
        return value == Py.None ? "" : Py.fileSystemDecode(value);
    }

    /** {@code get_default_verify_paths()}: (variable for a file, file, variable for a directory, directory). */
    static PyTuple defaultPaths() {
        String home = HOMES.stream()
                .filter(place -> Files.isDirectory(Path.of(place, "certs")))
                .findFirst()
                .orElse(HOMES.getFirst());
        return new PyTuple(
                new PyString(FILE_VARIABLE),
                new PyString(home + "/cert.pem"),
                new PyString(DIRECTORY_VARIABLE),
                new PyString(home + "/certs"));
    }
}
