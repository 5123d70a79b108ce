package io.github.pysockets.jython;

import static io.github.pysockets.abi.FileControl.F_OFD_SETLK;
import static io.github.pysockets.abi.FileControl.F_OFD_SETLKW;
import static io.github.pysockets.abi.FileControl.F_RDLCK;
import static io.github.pysockets.abi.FileControl.F_SETLK;
import static io.github.pysockets.abi.FileControl.F_SETLKW;
import static io.github.pysockets.abi.FileControl.F_UNLCK;
import static io.github.pysockets.abi.FileControl.F_WRLCK;
import static io.github.pysockets.abi.FileControl.LOCK_EX;
import static io.github.pysockets.abi.FileControl.LOCK_NB;
import static io.github.pysockets.abi.FileControl.LOCK_SH;
import static io.github.pysockets.abi.FileControl.LOCK_UN;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.abi.FileControl;
import io.github.pysockets.python.CallFailure;
import io.github.pysockets.python.DescriptorControl;
import io.github.pysockets.stack.StackException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.python.core.BufferProtocol;
import org.python.core.Py;
import org.python.core.PyException;
import org.python.core.PyFloat;
import org.python.core.PyInteger;
import org.python.core.PyLong;
import org.python.core.PyObject;
import org.python.core.PyString;

/** The module {@code fcntl}, which Jython has none of: for our descriptors, and for those whose number can be told. */
final class FcntlModule {
    /** As CPython has it: longer structs are refused. */
    private static final int LONGEST = 1024;

    /** Struct flock: type, whence, start, length, process. */
    private static final int LOCK_SIZE = 32;
    private static final int LOCK_WHENCE = 2;
    private static final int LOCK_START = 8;
    private static final int LOCK_LENGTH = 16;

    private final Bindings bindings;
    private final DescriptorControl control;

    private FcntlModule(Bindings bindings) {
        this.bindings = bindings;
        control = new DescriptorControl(bindings.runtime());
    }

    /** Fills a new module. */
    static void fill(Bindings bindings, ModuleMembers module) {
        FcntlModule calls = new FcntlModule(bindings);
        module.set("__doc__", new PyString("fcntl(2) and ioctl(2), as the module of this name of CPython 2.7."));
        FileControl.ofPython().forEach((name, number) -> module.set(name, Py.newInteger(number)));
        module.function(
                Signature.of("fcntl", 2, 3),
                "fcntl(fd, command[, argument]) -> result\n\n"
                        + "fcntl(2). The argument is an int, or a struct in a str: then the changed struct is the "
                        + "result.",
                (_, arguments) -> calls.guarded(() -> calls.fcntl(arguments)));
        module.function(
                Signature.of("ioctl", 2, 4),
                "ioctl(fd, request[, argument[, mutate]]) -> result\n\n"
                        + "ioctl(2). The argument is an int, a struct in a str, whose changed copy is the result, or "
                        + "a buffer, which is\nchanged itself unless mutate is false.",
                (_, arguments) -> calls.guarded(() -> calls.ioctl(arguments)));
        module.function(
                Signature.of("flock", 2),
                "flock(fd, operation)\n\nLock a whole file: LOCK_SH, LOCK_EX or LOCK_UN, with LOCK_NB not to wait.",
                (_, arguments) -> calls.guarded(() -> calls.lock(arguments, F_OFD_SETLK, F_OFD_SETLKW)));
        module.function(
                Signature.of("lockf", 2, 5),
                "lockf(fd, operation[, length[, start[, whence]]])\n\n"
                        + "Lock a part of a file: LOCK_SH, LOCK_EX or LOCK_UN, with LOCK_NB not to wait.",
                (_, arguments) -> calls.guarded(() -> calls.lock(arguments, F_SETLK, F_SETLKW)));
    }

    private interface Call {
        PyObject run() throws CallFailure, StackException;
    }

    private PyObject guarded(Call call) {
        try {
            return call.run();
        } catch (PyException ofPython) {
            throw ofPython;
        } catch (Throwable failure) {
            throw SelectModule.failure(bindings, Py.IOError, failure);
        }
    }

    private int number(Arguments arguments) throws StackException {
        PyObject descriptor = DescriptorArguments.descriptor(arguments.get(0));
        int number = descriptor instanceof PyInteger known
                ? JythonFiles.number(bindings.runtime(), known.getValue())
                : JythonFiles.number(bindings.runtime(), DescriptorArguments.file(descriptor));
        if (number < 0) {
            throw new StackException(Errno.EBADF);
        }
        return number;
    }

    private PyObject fcntl(Arguments arguments) throws CallFailure, StackException {
        int number = number(arguments);
        int command = arguments.number(1);
        if (arguments.has(2) && arguments.get(2) instanceof PyString struct) {
            byte[] bytes = struct(struct, "fcntl");
            control.fcntl(number, command, bytes);
            return Bytes.str(bytes);
        }
        return Py.newInteger(control.fcntl(number, command, integer(arguments, "fcntl", "")));
    }

    private static byte[] struct(PyString struct, String function) {
        try (Bytes.Source source = Bytes.sourceOrNull(struct)) {
            if (source.size() > LONGEST) {
                throw Py.ValueError(function + " string arg too long");
            }
            return source.copy();
        }
    }

    private static int integer(Arguments arguments, String function, String more) {
        if (!arguments.has(2)) {
            return 0;
        }
        PyObject value = arguments.get(2);
        if (value instanceof PyFloat) {
            throw Py.TypeError("integer argument expected, got float");
        }
        if (!(value instanceof PyInteger || value instanceof PyLong)) {
            throw Py.TypeError(function + " requires a file or file descriptor, an integer and optionally "
                    + (more.isEmpty() ? "a third integer or a string" : "an integer or buffer argument"));
        }
        return Arguments.toInt(value);
    }

    private PyObject ioctl(Arguments arguments) throws CallFailure, StackException {
        int number = number(arguments);
        // As an unsigned int; negative numbers stand for those with the highest bit.
        long request = Arguments.toLong(arguments.get(1)) & 0xffff_ffffL;
        if (arguments.has(2)) {
            PyObject argument = arguments.get(2);
            if (argument instanceof PyString struct) {
                byte[] bytes = struct(struct, "ioctl");
                control.ioctl(number, request, bytes);
                return Bytes.str(bytes);
            }
            if (argument instanceof BufferProtocol) {
                return ioctl(number, request, arguments);
            }
        }
        return Py.newInteger(control.ioctl(number, request, integer(arguments, "ioctl", "buffer")));
    }

    private PyObject ioctl(int number, long request, Arguments arguments) throws CallFailure, StackException {
        boolean mutates = !arguments.has(3) || arguments.get(3).__nonzero__();
        byte[] bytes;
        try (Bytes.Source source = Bytes.sourceOrNull(arguments.get(2))) {
            bytes = source.copy();
        }
        if (!mutates) {
            if (bytes.length > LONGEST) {
                throw Py.ValueError("ioctl string arg too long");
            }
            control.ioctl(number, request, bytes);
            return Bytes.str(bytes);
        }
        try (Bytes.Target target = Bytes.target(arguments, 2)) {
            int result = control.ioctl(number, request, bytes);
            target.put(bytes, Math.min(bytes.length, target.size()));
            return Py.newInteger(result);
        }
    }

    private PyObject lock(Arguments arguments, int tries, int waits) throws CallFailure, StackException {
        int number = number(arguments);
        int operation = arguments.number(1);
        short type;
        if ((operation & LOCK_UN) != 0) {
            type = F_UNLCK;
        } else if ((operation & LOCK_SH) != 0) {
            type = F_RDLCK;
        } else if ((operation & LOCK_EX) != 0) {
            type = F_WRLCK;
        } else {
            throw Py.ValueError("unrecognized lock argument");
        }
        byte[] flock = new byte[LOCK_SIZE];
        ByteBuffer fields = ByteBuffer.wrap(flock).order(ByteOrder.nativeOrder());
        fields.putShort(0, type);
        fields.putShort(LOCK_WHENCE, (short) arguments.number(4, 0));
        fields.putLong(LOCK_START, arguments.has(3) ? Arguments.toLong(arguments.get(3)) : 0);
        fields.putLong(LOCK_LENGTH, arguments.has(2) ? Arguments.toLong(arguments.get(2)) : 0);
        control.fcntl(number, (operation & LOCK_NB) != 0 ? tries : waits, flock);
        return Py.None;
    }
}
