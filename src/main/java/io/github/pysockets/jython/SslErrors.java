package io.github.pysockets.jython;

import io.github.pysockets.python.Codes;
import io.github.pysockets.stack.StackException;
import io.github.pysockets.tls.SslConstants;
import io.github.pysockets.tls.TlsCodes;
import io.github.pysockets.tls.TlsConnection;
import io.github.pysockets.tls.cert.OpenSslException;
import java.util.Map;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyUnicode;

/** The exceptions of one interpreter's module {@code ssl}, in the words of CPython 2.7. */
final class SslErrors {
    private static final String NO_END = "EOF occurred in violation of protocol";
    private static final String CUT_OFF = "UNEXPECTED_EOF_WHILE_READING";

    /** OpenSSL's numbers of the libraries that Python has names for, and of ASN.1's: ERR_GET_LIB(3). */
    private static final Map<String, Integer> LIBRARIES = Map.of("PEM", 9, "X509", 11, "SSL", 20);
    private static final int ASN1 = 13;
    private static final int LIBRARY_SHIFT = 23;

    /** The number of a failure that has none of its own. */
    private static final int NO_NUMBER = 0;

    private final SocketErrors sockets;
    private final PyObject error;
    private final PyObject zeroReturn;
    private final PyObject wantRead;
    private final PyObject wantWrite;
    private final PyObject syscall;
    private final PyObject eof;

    SslErrors(SocketErrors sockets) {
        this.sockets = sockets;
        error = SocketErrors.make("ssl", "SSLError", "A failure of TLS: (number, text).", sockets.error());
        error.__setattr__("__str__", new SslErrorText());
        zeroReturn = make("SSLZeroReturnError", "The other side has ended the connection properly.");
        wantRead = make("SSLWantReadError", "The call would have to wait until there is more to read.");
        wantWrite = make("SSLWantWriteError", "The call would have to wait until more can be written.");
        syscall = make("SSLSyscallError", "A call of the operating system failed.");
        eof = make("SSLEOFError", "The connection ended without notice from the other side.");
    }

    private PyObject make(String name, String doc) {
        return SocketErrors.make("ssl", name, doc, error);
    }

    /** The classes by their names. */
    Map<String, PyObject> classes() {
        return Map.of(
                "SSLError", error,
                "SSLZeroReturnError", zeroReturn,
                "SSLWantReadError", wantRead,
                "SSLWantWriteError", wantWrite,
                "SSLSyscallError", syscall,
                "SSLEOFError", eof);
    }

    /** A call that may fail with an error of OpenSSL. */
    @FunctionalInterface
    interface Call<R> {
        R run() throws OpenSslException, StackException;
    }

    /** The call's result; a failure in OpenSSL's words becomes an SSLError. */
    <R> R checked(Call<R> call) throws StackException {
        try {
            return call.run();
        } catch (OpenSslException failure) {
            throw of(failure);
        }
    }

    /** SSLError with a text alone. */
    PyException error(String text) {
        return SocketErrors.exception(error, new PyString(text));
    }

    /** SSLError for a socket that is not there any more. */
    PyException noSocket() {
        return numbered(error, NO_NUMBER, "Underlying socket connection gone", null, null);
    }

    /** The exception for a failure outside any connection. Its number is OpenSSL's: library and reason. */
    PyException of(OpenSslException failure) {
        int library = failure.library() == null ? 0 : LIBRARIES.getOrDefault(failure.library(), ASN1);
        return of(failure, library << LIBRARY_SHIFT | failure.number());
    }

    private PyException of(OpenSslException failure, int number) {
        // Which check has failed came into the text with Python 3.7.
        boolean verification = failure.verifyMessage() != null;
        String text = verification ? "certificate verify failed" : failure.text();
        boolean named = failure.library() != null && LIBRARIES.containsKey(failure.library());
        return numbered(error, number, text, named ? failure.library() : null, named ? failure.reason() : null);
    }

    private static PyException numbered(PyObject type, int number, String text, String library, String reason) {
        String words = text + " (_ssl)";
        if (library != null) {
            words = "[" + library + (reason == null ? "" : ": " + reason) + "] " + words;
        }
        PyException made = SocketErrors.exception(type, Py.newInteger(number), new PyUnicode(words));
        made.value.__setattr__("reason", unicode(reason));
        made.value.__setattr__("library", unicode(library));
        return made;
    }

    private static PyObject unicode(String text) {
        return text == null ? Py.None : new PyUnicode(text);
    }

    /**
     * The exception for a connection's negative result.
     *
     * @param operation what timed out, for the message
     */
    PyException failure(int code, String operation, TlsConnection connection) {
        return switch (code) {
            case TlsCodes.WANT_READ -> numbered(
                    wantRead,
                    SslConstants.SSL_ERROR_WANT_READ,
                    "The operation did not complete (read)",
                    null,
                    null);
            case TlsCodes.WANT_WRITE -> numbered(
                    wantWrite,
                    SslConstants.SSL_ERROR_WANT_WRITE,
                    "The operation did not complete (write)",
                    null,
                    null);
            case TlsCodes.ZERO_RETURN -> numbered(
                    zeroReturn,
                    SslConstants.SSL_ERROR_ZERO_RETURN,
                    "TLS/SSL connection has been closed (EOF)",
                    null,
                    null);
            case TlsCodes.UNEXPECTED_EOF, TlsCodes.BROKEN -> cutOff();
            case TlsCodes.FAILED -> failed(connection.failure());
            case Codes.TIMED_OUT -> error("The " + operation + " operation timed out");
            default -> sockets.failure(code);
        };
    }

    private PyException failed(OpenSslException failure) {
        return CUT_OFF.equals(failure.reason()) ? cutOff() : of(failure, SslConstants.SSL_ERROR_SSL);
    }

    /** Older versions of OpenSSL, for which Python 2.7 was written, had no reason for it. */
    private PyException cutOff() {
        return numbered(eof, SslConstants.SSL_ERROR_EOF, NO_END, null, null);
    }
}
