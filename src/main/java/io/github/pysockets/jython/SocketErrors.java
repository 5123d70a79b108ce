package io.github.pysockets.jython;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.python.Codes;
import io.github.pysockets.python.FailureCodes;
import io.github.pysockets.python.SocketRuntime;
import io.github.pysockets.stack.FailureText;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyStringMap;
import org.python.core.PyTuple;
import org.python.core.PyType;

/** The exceptions of one interpreter's module {@code _socket}, and what becomes which of them. */
final class SocketErrors {
    private final SocketRuntime runtime;
    private final OwnErrnos errnos = new OwnErrnos();
    private final PyObject error;
    private final PyObject herror;
    private final PyObject gaierror;
    private final PyObject timeout;

    SocketErrors(SocketRuntime runtime) {
        this.runtime = runtime;
        error = make("error", Py.IOError, "A call on a socket failed: (errno, text), or a text alone.");
        herror = make("herror", error, "A name look-up failed: (h_errno, text). See hstrerror(3).");
        gaierror = make("gaierror", error, "A name look-up failed: (EAI code, text). See gai_strerror(3).");
        timeout = make("timeout", error, "A call took longer than the socket's timeout allows.");
    }

    /** Makes a class of exceptions. */
    static PyObject make(String name, PyObject base, String doc) {
        return make("socket", name, doc, base);
    }

    static PyObject make(String module, String name, String doc, PyObject... bases) {
        PyStringMap members = new PyStringMap();
        members.__setitem__("__module__", new PyString(module));
        members.__setitem__("__doc__", new PyString(doc));
        return PyType.TYPE.__call__(new PyString(name), new PyTuple(bases), members);
    }

    PyObject error() {
        return error;
    }

    PyObject herror() {
        return herror;
    }

    PyObject gaierror() {
        return gaierror;
    }

    PyObject timeout() {
        return timeout;
    }

    /** {@code socket.error} with a text and no errno. */
    PyException error(String text) {
        return exception(error, new PyString(text));
    }

    PyException error(int errno, String text) {
        return exception(error, number(errno), new PyString(text));
    }

    /** The interpreter's number for an errno of the stack. */
    PyObject number(int errno) {
        return Py.newInteger(ownErrno(errno));
    }

    /** As above. */
    int ownErrno(int errno) {
        return errnos.own(errno);
    }

    static PyException exception(PyObject type, PyObject... arguments) {
        return new PyException(type, type.__call__(arguments));
    }

    /** A result that is not negative; otherwise throws what it stands for. */
    int checked(int result) {
        if (result < 0) {
            throw failure(result);
        }
        return result;
    }

    /** A result that is not a negative Integer; otherwise throws what it stands for. */
    Object checked(Object result) {
        if (result instanceof Integer code) {
            checked(code.intValue());
        }
        return result;
    }

    /** The exception for what a call threw. */
    PyException of(Throwable failure) {
        return failure instanceof PyException python ? python : failure(code(failure));
    }

    /** One of {@link Codes}. Throws an exception of Python code on. */
    static int code(Throwable failure) {
        return FailureCodes.of(failure, cause -> cause instanceof PyException python ? python : null);
    }

    /** The exception for one of {@link Codes}. */
    PyException failure(int code) {
        if (code >= Codes.LOWEST_ERRNO) {
            return error(-code, runtime.errorText(code));
        }
        return switch (code) {
            case Codes.TIMED_OUT -> exception(timeout, new PyString("timed out"));
            // No call is repeated: that came with Python 3.5, by PEP 475.
            case Codes.INTERRUPTED -> error(Errno.EINTR, runtime.errorText(-Errno.EINTR));
            case Codes.NO_MEMORY -> Py.MemoryError("out of memory");
            case Codes.FAMILY_MISMATCHED -> error("address family mismatched");
            case Codes.AMBIGUOUS_WILDCARD -> error("wildcard resolved to multiple address");
            case Codes.MULTIPLE_ADDRESSES -> error("sockaddr resolved to multiple addresses");
            case Codes.NOT_A_PAIR -> error("IPv4 sockaddr must be 2 tuple");
            case Codes.CONCURRENT_POLL -> Py.RuntimeError("concurrent poll() invocation");
            case Codes.OUT_OF_RANGE -> Py.ValueError("filedescriptor out of range in select()");
            case Codes.WRONG_TYPE -> Py.TypeError("an argument is of a type that the call has no use for");
            case Codes.BUFFER_CHANGED -> Py.BufferError("the buffer became shorter while its bytes were sent");
            case Codes.TOO_DEEP -> Py.RuntimeError("maximum recursion depth exceeded");
            case Codes.NOT_OWN -> withErrno(Errno.EBADF, ", or not one of the script's own");
            case Codes.NOT_PERMITTED -> withErrno(Errno.EPERM, " to a script without foreign descriptors");
            case Codes.NOT_KNOWN -> withErrno(Errno.ENOPROTOOPT, ", or not known to be harmless");
            default -> ofNameService(code);
        };
    }

    private PyException ofNameService(int code) {
        if (code <= Codes.HOST_ERROR) {
            return ofNameService(herror, Codes.HOST_ERROR - code, code);
        }
        if (code <= Codes.GAI_ERROR) {
            return ofNameService(gaierror, code - Codes.GAI_ERROR, code);
        }
        return Py.SystemError("internal error " + code + " of the socket module");
    }

    private PyException ofNameService(PyObject type, int number, int code) {
        return exception(type, Py.newInteger(number), new PyString(runtime.errorText(code)));
    }

    private PyException withErrno(int errno, String more) {
        return error(errno, runtime.errorText(-errno) + more);
    }

    /** What {@code connect_ex} returns for a result. Throws for a failure without an errno. */
    int errnoOf(int result) {
        // No later failure is to get what the stack has said of this one.
        FailureText.clear();
        if (result >= Codes.LOWEST_ERRNO) {
            return result < 0 ? ownErrno(-result) : 0;
        }
        if (result == Codes.TIMED_OUT) {
            return ownErrno(Errno.EAGAIN);
        }
        throw failure(result);
    }
}
