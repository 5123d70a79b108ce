package io.github.pysockets.jython;

import static io.github.pysockets.abi.EpollFlags.EPOLL_CLOEXEC;
import static io.github.pysockets.abi.EpollFlags.EPOLL_CTL_ADD;
import static io.github.pysockets.abi.EpollFlags.EPOLL_CTL_DEL;
import static io.github.pysockets.abi.EpollFlags.EPOLL_CTL_MOD;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.python.CallFailure;
import io.github.pysockets.python.PyEpoll;
import io.github.pysockets.stack.StackException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyInteger;
import org.python.core.PyList;
import org.python.core.PyObject;
import org.python.core.PyObjectDerived;
import org.python.core.PyStaticMethod;
import org.python.core.PyTuple;
import org.python.core.PyType;
import org.python.expose.ExposedType;

/** A {@code select.epoll}. */
@ExposedType(name = "select.epoll")
public final class EpollObject extends PyObjectDerived implements Bound {
    private static final long serialVersionUID = 1L;

    private static final String DOC = "epoll([sizehint])\n\nKeeps descriptors in the kernel, and waits for them: see "
            + "epoll(7). The size is no limit.";

    /** As CPython takes it where a script does not say how many: what select(2) allows, less one. */
    private static final int USUAL_EVENTS = 1023;
    /** The kernel's own limit. */
    private static final int MOST_EVENTS = Integer.MAX_VALUE / 12;
    /** More descriptors than a process has ready at once. Limits what a script can ask for. */
    private static final int MOST_AT_ONCE = 1 << 16;
    /** EPOLLIN, EPOLLPRI and EPOLLOUT. */
    private static final int USUAL = 7;

    private static final double MILLIS = 1e3;
    private static final double NANOS = 1e9;

    private static final NativeType<EpollObject> TYPE = new NativeType<>("select", "epoll", EpollObject.class, DOC)
            .method(
                    Signature.named("register", 1, "fd", "eventmask"),
                    "register(fd[, eventmask])\n\n"
                            + "Adds a descriptor: by default with EPOLLIN, EPOLLOUT and EPOLLPRI.",
                    (self, arguments) -> self.control(EPOLL_CTL_ADD, arguments))
            .method(
                    Signature.named("modify", 2, "fd", "eventmask"),
                    "modify(fd, eventmask)\n\nChanges what a descriptor is waited for.",
                    (self, arguments) -> self.control(EPOLL_CTL_MOD, arguments))
            .method(
                    Signature.named("unregister", 1, "fd"),
                    "unregister(fd)\n\nForgets a descriptor. It does no harm where that is closed.",
                    (self, arguments) -> self.control(EPOLL_CTL_DEL, arguments))
            .method(
                    Signature.named("poll", 0, "timeout", "maxevents"),
                    "poll([timeout[, maxevents]]) -> [(fd, events), ...]\n\n"
                            + "Waits until a descriptor is ready. The timeout is in seconds; absent or negative for "
                            + "no limit.",
                    EpollObject::poll)
            .method(
                    Signature.of("fileno", 0),
                    "fileno() -> int\n\nThe descriptor number of the set itself.",
                    (self, _) -> Py.newInteger(self.open().fileno()))
            .method(
                    Signature.of("close", 0), "close()\n\nCloses the set. It can be closed twice.", EpollObject::close)
            .attribute("closed", "Whether the set was closed.", self -> Py.newBoolean(self.isClosed))
            .register();

    private final transient Bindings bindings;
    private final transient PyEpoll epoll;
    private transient volatile boolean isClosed;

    /** By our number, what the script knows a descriptor by, where that is another. */
    private final transient Map<Integer, PyObject> names = new ConcurrentHashMap<>();

    private EpollObject(Bindings bindings, PyType type, PyEpoll epoll) {
        super(type);
        this.bindings = bindings;
        this.epoll = epoll;
    }

    /** Makes one interpreter's type. */
    static PyType type(Bindings bindings) {
        Signature signature = Signature.named("epoll", 0, "sizehint");
        PyType type = TYPE.of((wanted, given, keywords) -> {
            int size = signature.parse(given, keywords).number(0, -1);
            if (size == 0 || size < -1) {
                throw Py.ValueError("sizehint must be greater zero, got " + size);
            }
            // As all of ours: no child process inherits it.
            return make(bindings, wanted, () -> bindings.runtime().openEpoll(EPOLL_CLOEXEC));
        });
        type.__setattr__("fromfd", new PyStaticMethod(new NativeFunction<>(
                Signature.of("fromfd", 1),
                "fromfd(fd) -> epoll\n\nAn object for an existing descriptor of epoll(7).",
                bindings,
                (self, arguments) -> {
                    int number = arguments.number(0);
                    return make(self, type, () -> self.runtime().adoptEpoll(number));
                })));
        return type;
    }

    /** Opens or finds an epoll set. */
    @FunctionalInterface
    private interface Open {
        PyEpoll set() throws CallFailure, StackException;
    }

    private static EpollObject make(Bindings bindings, PyType type, Open open) {
        try {
            return new EpollObject(bindings, type, open.set());
        } catch (Exception failure) {
            throw SelectModule.failure(bindings, Py.IOError, failure);
        }
    }

    @Override
    public Bindings bindings() {
        return bindings;
    }

    /** Calls that of a subclass. The type has none. */
    @Override
    public void dispatch__init__(PyObject[] arguments, String[] keywords) {
        PyObject initializer = getType().lookup("__init__");
        if (initializer != PyType.fromClass(PyObject.class).lookup("__init__")) {
            initializer.__get__(this, getType()).__call__(arguments, keywords);
        }
    }

    private PyEpoll open() {
        if (isClosed) {
            throw Py.ValueError("I/O operation on closed epoll fd");
        }
        return epoll;
    }

    private PyObject close(Arguments arguments) throws CallFailure {
        if (!isClosed) {
            isClosed = true;
            return SocketMethods.quietly(epoll::close);
        }
        return Py.None;
    }

    private PyObject control(int operation, Arguments arguments) {
        int events = arguments.has(1) ? Arguments.toBits(arguments.get(1)) : operation == EPOLL_CTL_ADD ? USUAL : 0;
        PyEpoll set = open();
        PyObject descriptor = DescriptorArguments.descriptor(arguments.get(0));
        int number = number(descriptor);
        int result = number < 0 ? -Errno.EBADF : set.control(operation, number, events);
        if (result < 0) {
            PyException failure = SelectModule.failure(bindings, Py.IOError, result);
            if (operation == EPOLL_CTL_DEL && isBadDescriptor(failure)) {
                return Py.None;
            }
            throw failure;
        }
        return Py.None;
    }

    private static boolean isBadDescriptor(PyException failure) {
        failure.normalize();
        return failure.value.__findattr__("errno") instanceof PyInteger errno && errno.getValue() == Errno.EBADF;
    }

    private int number(PyObject descriptor) {
        int number = descriptor instanceof PyInteger known
                ? JythonFiles.number(bindings.runtime(), known.getValue())
                : JythonFiles.number(bindings.runtime(), DescriptorArguments.file(descriptor));
        if (number == JythonFiles.READY) {
            // As for a file on a disk.
            throw SelectModule.failure(bindings, Py.IOError, -Errno.EPERM);
        }
        if (number >= 0 && !(descriptor instanceof PyInteger same && same.getValue() == number)) {
            names.put(number, descriptor);
        }
        return number;
    }

    private PyObject poll(Arguments arguments) {
        PyEpoll set = open();
        double seconds = arguments.has(0) ? Arguments.toDouble(arguments.get(0)) : -1;
        int most = arguments.number(1, -1);
        if (seconds * MILLIS > Integer.MAX_VALUE) {
            throw Py.OverflowError("timeout is too large");
        }
        if (most == -1) {
            most = USUAL_EVENTS;
        }
        if (most < 1) {
            throw Py.ValueError("maxevents must be greater than 0, got " + most);
        }
        if (most > MOST_EVENTS) {
            throw SelectModule.failure(bindings, Py.IOError, -Errno.EINVAL);
        }
        most = Math.min(most, MOST_AT_ONCE);
        long nanos = seconds < 0 ? -1 : (long) Math.ceil(seconds * NANOS);
        int[] numbers = new int[most];
        int[] events = new int[most];
        int count = set.poll(nanos, numbers, events, most);
        if (count < 0) {
            throw SelectModule.failure(bindings, Py.IOError, count);
        }
        PyList told = new PyList();
        for (int i = 0; i < count; i++) {
            PyObject name = names.get(numbers[i]);
            told.append(new PyTuple(
                    name == null ? Py.newInteger(numbers[i]) : name,
                    Py.newInteger(Integer.toUnsignedLong(events[i]))));
        }
        return told;
    }
}
