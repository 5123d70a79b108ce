package io.github.pysockets.jython;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.python.AbsentNames;
import io.github.pysockets.python.Codes;
import io.github.pysockets.python.Select;
import java.util.Map;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyObject;
import org.python.core.PyString;

/** The module {@code select}. */
final class SelectModule {
    private static final String DOC = "Waiting for several descriptors at once, as the module of this name of CPython "
            + "2.7.\n\nselect() is select(2), poll() makes an object for poll(2), epoll() one for epoll(7).";

    private SelectModule() {}

    /** Fills a new module. */
    static void fill(Bindings bindings, ModuleMembers module) {
        PyObject error = SocketErrors.make(
                "select", "error", "A call of this module failed: (errno, text).", Py.Exception);
        Select select = new Select(bindings.runtime());
        module.set("__doc__", new PyString(DOC));
        module.set("error", error);
        Map<String, Long> numbers = bindings.runtime().stack().constants();
        // Those that have come with Python 3 are not among them.
        for (String name : NAMES) {
            if (numbers.containsKey(name)) {
                module.set(name, JythonValues.value(numbers.get(name)));
            }
        }
        module.function(
                Signature.of("select", 0, Integer.MAX_VALUE),
                "select(rlist, wlist, xlist[, timeout]) -> (rlist, wlist, xlist)\n\n"
                        + "Waits until one of the descriptors can be read, can be written, or has an exceptional "
                        + "condition,\nand returns those. The timeout is in seconds; None or absent for no limit.",
                (self, arguments) -> SelectCall.run(self, select, error, arguments));
        module.function(
                Signature.of("poll", 0),
                "poll() -> object\n\nAn object that keeps descriptors, and waits for them as poll(2) does.",
                (self, _) -> new PollObject(self, error));
        if (!AbsentNames.of(bindings.runtime().stack()).contains("epoll")) {
            module.set("epoll", EpollObject.type(bindings));
        }
    }

    private static final String[] NAMES = {
        "EPOLLERR", "EPOLLET", "EPOLLHUP", "EPOLLIN", "EPOLLMSG", "EPOLLONESHOT", "EPOLLOUT", "EPOLLPRI",
        "EPOLLRDBAND", "EPOLLRDNORM", "EPOLLWRBAND", "EPOLLWRNORM", "PIPE_BUF", "POLLERR", "POLLHUP", "POLLIN",
        "POLLMSG", "POLLNVAL", "POLLOUT", "POLLPRI", "POLLRDBAND", "POLLRDNORM", "POLLWRBAND", "POLLWRNORM"
    };

    /** The exception for one of {@link Codes}: of the given type where it has an errno. */
    static PyException failure(Bindings bindings, PyObject type, int code) {
        int errno = errno(code);
        return errno == 0
                ? bindings.errors().failure(code)
                : SocketErrors.exception(
                        type, bindings.errors().number(errno), new PyString(bindings.runtime().errorText(-errno)));
    }

    private static int errno(int code) {
        if (code >= Codes.LOWEST_ERRNO) {
            return -code;
        }
        return switch (code) {
            // No call is repeated: that came with Python 3.5, by PEP 475.
            case Codes.INTERRUPTED -> Errno.EINTR;
            case Codes.NOT_OWN -> Errno.EBADF;
            case Codes.NOT_PERMITTED -> Errno.EPERM;
            default -> 0;
        };
    }

    /** As {@link #failure(Bindings, PyObject, int)}, for what a call threw. */
    static PyException failure(Bindings bindings, PyObject type, Throwable failure) {
        return failure instanceof PyException python ? python : failure(bindings, type, SocketErrors.code(failure));
    }
}
