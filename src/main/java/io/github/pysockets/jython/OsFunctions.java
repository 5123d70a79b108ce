package io.github.pysockets.jython;

import static io.github.pysockets.abi.FileControl.O_CLOEXEC;
import static io.github.pysockets.abi.FileControl.O_NONBLOCK;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.abi.IoControl;
import io.github.pysockets.python.CallFailure;
import io.github.pysockets.python.DescriptorControl;
import io.github.pysockets.python.DescriptorIo;
import io.github.pysockets.python.ProcessControl;
import io.github.pysockets.stack.StackException;
import java.util.concurrent.TimeUnit;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyFile;
import org.python.core.PyFloat;
import org.python.core.PyInteger;
import org.python.core.PyLong;
import org.python.core.PyObject;
import org.python.core.PySequence;
import org.python.core.PyTuple;
import org.python.core.PyString;
import org.python.core.io.RawIOBase;

/**
 * The functions of the module {@code os} that take descriptors. Calls on ours are made here; all others go to the
 * functions that were there before.
 */
final class OsFunctions {
    private static final int FILE_TYPE = 0xf000;
    private static final int CHARACTER_DEVICE = 0x2000;
    private static final int TERMINAL_SETTINGS_SIZE = 60;
    private static final int STANDARD = 3;

    /** The places of the times in what {@link DescriptorControl#status} returns. */
    private static final int FIRST_TIME = 7;

    private final Bindings bindings;
    private final DescriptorControl control;
    private final DescriptorIo io;
    private final PyObject os;

    private OsFunctions(Bindings bindings, PyObject os) {
        this.bindings = bindings;
        this.os = os;
        control = new DescriptorControl(bindings.runtime());
        io = new DescriptorIo(bindings.runtime());
    }

    /** A call on one of our descriptors. */
    @FunctionalInterface
    private interface OnNumber {
        PyObject call(int number, Arguments arguments) throws CallFailure, StackException;
    }

    /** Puts the functions into an interpreter's module {@code os}. */
    static void install(Bindings bindings, PyObject os) {
        new OsFunctions(bindings, os).install();
    }

    private void install() {
        add(Signature.of("read", 2), "read(fd, size) -> data\n\nRead at most so many bytes.", true, this::read);
        add(Signature.of("write", 2), "write(fd, data) -> count\n\nWrite data.", true, this::write);
        add(Signature.of("close", 1), "close(fd)\n\nClose a descriptor.", false, (number, _) -> {
            control.close(number);
            return Py.None;
        });
        add(
                Signature.of("dup", 1),
                "dup(fd) -> fd\n\nAnother descriptor for the same file.",
                true,
                (number, _) -> Py.newInteger(control.duplicate(number)));
        add(
                Signature.of("fdopen", 1, 3),
                "fdopen(fd[, mode[, bufsize]]) -> file\n\nA file object for a descriptor.",
                true,
                this::fdopen);
        add(Signature.of("fstat", 1), "fstat(fd) -> status\n\nThe status of a descriptor.", false, this::fstat);
        add(
                Signature.of("isatty", 1),
                "isatty(fd) -> bool\n\nWhether a descriptor is a terminal.",
                false,
                (number, _) -> Py.newBoolean(isTerminal(number)));
        if (bindings.runtime().reachesProcess()) {
            os.__setattr__("pipe", new NativeFunction<>(
                    Signature.of("pipe", 0),
                    "pipe() -> (reader, writer)\n\nMake a pipe: its two descriptors.",
                    bindings,
                    (self, _) -> pipe()));
        }
        if (os.__findattr__("O_NONBLOCK") == null) {
            os.__setattr__("O_NONBLOCK", Py.newInteger(O_NONBLOCK));
        }
    }

    /** @param standard whether it takes the numbers of the standard streams too, for which Jython's takes none */
    private void add(Signature signature, String doc, boolean standard, OnNumber call) {
        PyObject before = os.__findattr__(signature.name());
        os.__setattr__(signature.name(), new OsFunction(signature, doc, before, standard, call));
    }

    /** One function. */
    private final class OsFunction extends org.python.core.PyBuiltinFunction {
        private static final long serialVersionUID = 1L;

        private final transient Signature signature;
        private final transient PyObject before;
        private final transient boolean standard;
        private final transient OnNumber call;

        OsFunction(Signature signature, String doc, PyObject before, boolean standard, OnNumber call) {
            super(signature.name(), doc);
            this.signature = signature;
            this.before = before;
            this.standard = standard;
            this.call = call;
        }

        @Override
        public PyObject __call__(PyObject[] given, String[] keywords) {
            boolean isHere = before == null || given.length > keywords.length && isOurs(given[0]);
            if (!isHere) {
                return before.__call__(given.length > keywords.length ? forJython(given) : given, keywords);
            }
            try {
                Arguments arguments = signature.parse(given, keywords);
                return call.call(number(arguments.get(0)), arguments);
            } catch (PyException ofPython) {
                throw ofPython;
            } catch (Throwable failure) {
                throw SelectModule.failure(bindings, Py.OSError, failure);
            }
        }

        /** Jython's own functions know no long, and would take some other values for what they are not. */
        private static PyObject[] forJython(PyObject[] given) {
            PyObject value = given[0];
            boolean isNumber = value instanceof PyLong || value instanceof PyFloat;
            if (!isNumber && value != Py.None && value != Py.NotImplemented && !(value instanceof PySequence)) {
                return given;
            }
            PyObject[] known = given.clone();
            known[0] = Py.newInteger(Arguments.toInt(value));
            return known;
        }

        /** Whether it is one of our descriptors; or a negative number, which Jython's functions refuse as no number. */
        private boolean isOurs(PyObject value) {
            if (value instanceof PyInteger small) {
                int number = small.getValue();
                return number < 0
                        || number >= bindings.runtime().lowestNumber()
                        || standard && number < STANDARD && bindings.runtime().reachesProcess();
            }
            if (value instanceof PyLong large && large.getValue().bitLength() < Integer.SIZE) {
                return isOurs(Py.newInteger(large.getValue().intValue()));
            }
            return DescriptorArguments.file(value) instanceof DescriptorFile ours && ours.number() >= 0;
        }
    }

    /** The script's number for a descriptor, which may be a file of Jython's own. Negative for none. */
    private int number(PyObject value) {
        RawIOBase file = DescriptorArguments.file(value);
        return file == null
                ? JythonFiles.number(bindings.runtime(), Arguments.toInt(value))
                : JythonFiles.number(bindings.runtime(), file);
    }

    private int checked(int result) {
        if (result < 0) {
            throw SelectModule.failure(bindings, Py.OSError, result);
        }
        return result;
    }

    private PyObject read(int number, Arguments arguments) throws CallFailure, StackException {
        int count = arguments.number(1);
        if (count < 0) {
            throw new StackException(Errno.EINVAL);
        }
        int most = ReceiveBuffers.bounded(count);
        byte[] into = ReceiveBuffers.atLeast(most);
        return Bytes.str(into, 0, checked(io.read(number, into, most)));
    }

    private PyObject write(int number, Arguments arguments) throws CallFailure, StackException {
        try (Bytes.Source data = Bytes.source(arguments, 1, "string or buffer")) {
            byte[] bytes = data.copy();
            return Py.newInteger(checked(io.write(number, bytes, 0, bytes.length)));
        }
    }

    private PyObject pipe() {
        try {
            return JythonValues.value(
                    new ProcessControl(bindings.runtime()).pipe(O_CLOEXEC, bindings.values()));
        } catch (Exception failure) {
            throw SelectModule.failure(bindings, Py.OSError, failure);
        }
    }

    private PyObject fdopen(int number, Arguments arguments) throws CallFailure, StackException {
        String mode = arguments.has(1) ? arguments.text(1) : "r";
        int size = arguments.number(2, -1);
        if (mode.isEmpty() || "rwa".indexOf(mode.charAt(0)) < 0) {
            throw Py.ValueError("invalid file mode '" + mode + "'");
        }
        boolean both = mode.indexOf('+') >= 0;
        boolean reads = mode.charAt(0) == 'r' || both;
        // Shows whether it is open.
        control.isBlocking(number);
        return new PyFile(
                new DescriptorFile(bindings, number, reads, mode.charAt(0) != 'r' || both),
                "<fdopen>",
                mode,
                size);
    }

    private PyObject fstat(int number, Arguments arguments) throws CallFailure, StackException {
        PyTuple status = (PyTuple) control.status(number, bindings.values());
        PyObject[] fields = status.getArray().clone();
        for (int i = FIRST_TIME; i < fields.length; i++) {
            fields[i] = Py.newInteger(TimeUnit.NANOSECONDS.toSeconds(Arguments.toLong(fields[i])));
        }
        return os.__getattr__("stat_result").__call__(new PyTuple(fields));
    }

    private boolean isTerminal(int number) {
        try {
            PyTuple status = (PyTuple) control.status(number, bindings.values());
            return (Arguments.toInt(status.pyget(0)) & FILE_TYPE) == CHARACTER_DEVICE
                    && control.ioctl(number, IoControl.TCGETS, new byte[TERMINAL_SETTINGS_SIZE]) >= 0;
        } catch (CallFailure | StackException none) {
            return false;
        }
    }
}
