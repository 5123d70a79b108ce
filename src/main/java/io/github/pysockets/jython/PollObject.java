package io.github.pysockets.jython;

import static io.github.pysockets.abi.PollEvents.POLLIN;
import static io.github.pysockets.abi.PollEvents.POLLNVAL;
import static io.github.pysockets.abi.PollEvents.POLLOUT;
import static io.github.pysockets.abi.PollEvents.POLLPRI;
import static io.github.pysockets.abi.PollEvents.POLLRDNORM;
import static io.github.pysockets.abi.PollEvents.POLLWRNORM;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.python.PollSet;
import io.github.pysockets.python.ReadyEvents;
import java.math.BigInteger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.python.core.Py;
import org.python.core.PyFloat;
import org.python.core.PyInstance;
import org.python.core.PyInteger;
import org.python.core.PyList;
import org.python.core.PyLong;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyTuple;
import org.python.core.PyType;
import org.python.core.Untraversable;
import org.python.expose.ExposedType;

/** What {@code select.poll()} makes. */
@ExposedType(name = "select.poll")
@Untraversable
public final class PollObject extends PyObject implements Bound {
    private static final long serialVersionUID = 1L;

    private static final String DOC = "Keeps descriptors, and waits for them as poll(2) does.";
    private static final int ALL = POLLIN | POLLPRI | POLLOUT;
    /** What a file on a disk always is. */
    private static final int READY = POLLIN | POLLRDNORM | POLLOUT | POLLWRNORM;
    private static final int USHORT_MAX = 0xffff;

    private static final NativeType<PollObject> TYPE = new NativeType<>("select", "poll", PollObject.class, DOC)
            .method(
                    Signature.of("register", 1, 2),
                    "register(fd[, eventmask])\n\n"
                            + "Adds a descriptor, or changes what it is waited for: by default POLLIN, POLLPRI and "
                            + "POLLOUT.",
                    PollObject::register)
            .method(
                    Signature.of("modify", 2),
                    "modify(fd, eventmask)\n\nChanges what a descriptor is waited for.",
                    PollObject::modify)
            .method(
                    Signature.of("unregister", 1),
                    "unregister(fd)\n\nForgets a descriptor. KeyError where it is not known.",
                    PollObject::unregister)
            .method(
                    Signature.of("poll", 0, Integer.MAX_VALUE),
                    "poll([timeout]) -> [(fd, events), ...]\n\n"
                            + "Waits until a descriptor is ready. The timeout is in milliseconds; None, absent or "
                            + "negative for no limit.",
                    PollObject::poll)
            .register();

    private final transient Bindings bindings;
    private final transient PyObject error;
    private final transient PollSet set;
    private final transient AtomicReference<ReadyEvents> spare = new AtomicReference<>();

    /** The files of Jython's own, with the events. */
    private final transient Map<PyObject, Integer> files = new ConcurrentHashMap<>();

    /** By our number, what the script knows a descriptor by, where that is another. */
    private final transient Map<Integer, PyObject> names = new ConcurrentHashMap<>();

    PollObject(Bindings bindings, PyObject error) {
        super(PyType.fromClass(PollObject.class));
        this.bindings = bindings;
        this.error = error;
        set = new PollSet(bindings.runtime());
    }

    @Override
    public Bindings bindings() {
        return bindings;
    }

    private PyObject register(Arguments arguments) {
        int events = arguments.has(1) ? events(arguments.get(1)) : ALL;
        PyObject descriptor = DescriptorArguments.descriptor(arguments.get(0));
        if (descriptor instanceof PyInteger number) {
            set.register(number(number), events);
        } else {
            files.put(descriptor, events);
        }
        return Py.None;
    }

    /** Our number for one of the script's. */
    private int number(PyInteger given) {
        int number = JythonFiles.number(bindings.runtime(), given.getValue());
        if (number != given.getValue()) {
            names.put(number, given);
        }
        return number;
    }

    private PyObject modify(Arguments arguments) {
        int events = events(arguments.get(1));
        PyObject descriptor = DescriptorArguments.descriptor(arguments.get(0));
        boolean known = descriptor instanceof PyInteger number
                ? set.modify(number(number), events)
                : files.replace(descriptor, events) != null;
        if (!known) {
            throw SelectModule.failure(bindings, Py.IOError, -Errno.ENOENT);
        }
        return Py.None;
    }

    private PyObject unregister(Arguments arguments) {
        PyObject descriptor = DescriptorArguments.descriptor(arguments.get(0));
        boolean known = descriptor instanceof PyInteger number
                ? set.unregister(number(number))
                : files.remove(descriptor) != null;
        if (!known) {
            throw SocketErrors.exception(Py.KeyError, descriptor);
        }
        return Py.None;
    }

    /** An unsigned short. */
    private static int events(PyObject value) {
        BigInteger number = switch (value) {
            case PyInteger small -> BigInteger.valueOf(small.getValue());
            case PyLong large -> large.getValue();
            default -> throw Py.TypeError("an integer is required");
        };
        if (number.signum() < 0) {
            throw Py.OverflowError("can't convert negative value to unsigned long");
        }
        if (number.bitLength() > Long.SIZE) {
            throw Py.OverflowError("long int too large to convert");
        }
        if (number.bitLength() > Short.SIZE) {
            throw Py.OverflowError("Python int too large for C unsigned short");
        }
        return number.intValue() & USHORT_MAX;
    }

    private PyObject poll(Arguments arguments) {
        if (arguments.count() > 1) {
            throw Py.TypeError("poll expected at most 1 arguments, got " + arguments.count());
        }
        int millis = millis(arguments.orNone(0));
        long nanos = millis < 0 ? -1 : TimeUnit.MILLISECONDS.toNanos(millis);
        PyList told = new PyList();
        if (!files.isEmpty() && addFiles(told)) {
            nanos = 0;
        }
        ReadyEvents found = spare.getAndSet(null);
        found = found == null ? new ReadyEvents() : found;
        found.prepare(0);
        int result = set.poll(nanos, found);
        if (result < 0) {
            throw SelectModule.failure(bindings, error, result);
        }
        for (int i = 0; i < found.count(); i++) {
            int number = found.numbers()[i];
            PyObject name = names.get(number);
            int events = found.events()[i];
            Integer wanted = name == null || events != POLLNVAL ? null : files.get(name);
            if (wanted != null && isReady(name)) {
                // Java has closed it meanwhile, and has kept what was left to read.
                events = wanted & READY;
            }
            told.append(new PyTuple(name == null ? Py.newInteger(number) : name, Py.newInteger(events)));
        }
        spare.set(found);
        return told;
    }

    /** Adds the files that are ready, and registers the others by number. Returns whether some are ready. */
    private boolean addFiles(PyList told) {
        files.forEach((descriptor, events) -> {
            int number = JythonFiles.number(bindings.runtime(), DescriptorArguments.file(descriptor));
            names.forEach((known, name) -> {
                if (name.equals(descriptor) && known != number) {
                    names.remove(known);
                    set.unregister(known);
                }
            });
            if (number >= 0) {
                names.put(number, descriptor);
                set.register(number, events);
            } else {
                int ready = number == JythonFiles.READY ? events & READY : POLLNVAL;
                if (ready != 0) {
                    told.append(new PyTuple(descriptor, Py.newInteger(ready)));
                }
            }
        });
        return told.size() > 0;
    }

    private boolean isReady(PyObject file) {
        return JythonFiles.number(bindings.runtime(), DescriptorArguments.file(file)) == JythonFiles.READY;
    }

    private static int millis(PyObject value) {
        if (value == Py.None) {
            return -1;
        }
        boolean isNumber = value instanceof PyInteger || value instanceof PyLong || value instanceof PyFloat
                || value instanceof PyInstance;
        if (!isNumber && (value instanceof PyString || value.getType().lookup("__int__") == null
                && value.getType().lookup("__float__") == null)) {
            throw Py.TypeError("timeout must be an integer or None");
        }
        long number = Arguments.truncatedLong(value);
        if (number != (int) number) {
            throw Py.OverflowError("Python int too large to convert to C int");
        }
        return (int) number;
    }
}
