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
import org.python.core.Py2kBuffer;
import org.python.core.PyByteArray;
import org.python.core.PyException;
import org.python.core.PyInteger;
import org.python.core.PyMemoryView;
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
                Signature.of("fcntl", 0, Integer.MAX_VALUE),
                "fcntl(fd, command[, argument]) -> result\n\n"
                        + "fcntl(2). The argument is an int, or a struct in a str: then the changed struct is the "
                        + "result.",
                (_, arguments) -> calls.guarded(() -> calls.fcntl(arguments)));
        module.function(
                Signature.of("ioctl", 0, Integer.MAX_VALUE),
                "ioctl(fd, request[, argument[, mutate]]) -> result\n\n"
                        + "ioctl(2). The argument is an int, a struct in a str, whose changed copy is the result, or "
                        + "a buffer, which is\nchanged itself unless mutate is false.",
                (_, arguments) -> calls.guarded(() -> calls.ioctl(arguments)));
        module.function(
                Signature.of("flock", 2),
                "flock(fd, operation)\n\nLock a whole file: LOCK_SH, LOCK_EX or LOCK_UN, with LOCK_NB not to wait.",
                (_, arguments) -> calls.guarded(() -> calls.flock(arguments)));
        module.function(
                Signature.of("lockf", 2, 5),
                "lockf(fd, operation[, length[, start[, whence]]])\n\n"
                        + "Lock a part of a file: LOCK_SH, LOCK_EX or LOCK_UN, with LOCK_NB not to wait.",
                (_, arguments) -> calls.guarded(() -> calls.lockf(arguments)));
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

    private static void requireCount(Arguments arguments, int most, String optional) {
        if (arguments.count() < 2 || arguments.count() > most) {
            throw Py.TypeError(arguments.function() + " requires a file or file descriptor, an integer and optionally "
                    + optional);
        }
    }

    private PyObject fcntl(Arguments arguments) throws CallFailure, StackException {
        requireCount(arguments, 3, "a third integer or a string");
        int number = number(arguments);
        int command = arguments.number(1);
        if (arguments.has(2) && isStruct(arguments.get(2))) {
            byte[] bytes = struct(arguments);
            control.fcntl(number, command, bytes);
            return Bytes.str(bytes);
        }
        return Py.newInteger(control.fcntl(number, command, arguments.has(2) ? Arguments.toBits(arguments.get(2)) : 0));
    }

    /** Whether a value is bytes that nobody changes while the call runs. */
    private static boolean isStruct(PyObject value) {
        return value instanceof BufferProtocol && !(value instanceof PyByteArray || value instanceof PyMemoryView);
    }

    private static byte[] struct(Arguments arguments) {
        try (Bytes.Source source = Bytes.fixedSource(arguments, 2)) {
            if (source.size() > LONGEST) {
                throw Py.ValueError(arguments.function() + " string arg too long");
            }
            return source.copy();
        }
    }

    private PyObject ioctl(Arguments arguments) throws CallFailure, StackException {
        String optional = "an integer or buffer argument";
        requireCount(arguments, 4, optional);
        int number = number(arguments);
        // As an unsigned int; negative numbers stand for those with the highest bit.
        long request = Integer.toUnsignedLong(Arguments.toBits(arguments.get(1)));
        if (arguments.has(2) && arguments.get(2) instanceof BufferProtocol
                && !(arguments.get(2) instanceof PyString || arguments.get(2) instanceof Py2kBuffer)) {
            return ioctl(number, request, arguments);
        }
        // What cannot be changed has no use for the fourth argument.
        requireCount(arguments, 3, optional);
        if (arguments.has(2) && isStruct(arguments.get(2))) {
            byte[] bytes = struct(arguments);
            control.ioctl(number, request, bytes);
            return Bytes.str(bytes);
        }
        return Py.newInteger(control.ioctl(number, request, arguments.number(2, 0)));
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

    /** Flock(2), by locks that belong to the open file. */
    private PyObject flock(Arguments arguments) throws CallFailure, StackException {
        int number = number(arguments);
        int operation = arguments.number(1);
        short type = switch (operation & ~LOCK_NB) {
            case LOCK_UN -> F_UNLCK;
            case LOCK_SH -> F_RDLCK;
            case LOCK_EX -> F_WRLCK;
            default -> throw new StackException(Errno.EINVAL);
        };
        return lock(number, (operation & LOCK_NB) != 0 ? F_OFD_SETLK : F_OFD_SETLKW, type, (short) 0, 0, 0);
    }

    private PyObject lockf(Arguments arguments) throws CallFailure, StackException {
        int number = number(arguments);
        int operation = arguments.number(1);
        short whence = (short) arguments.number(4, 0);
        short type;
        if ((operation & LOCK_UN) != 0) {
            type = F_UNLCK;
        } else if ((operation & LOCK_SH) != 0) {
            type = F_RDLCK;
        } else if ((operation & LOCK_EX) != 0) {
            type = F_WRLCK;
        } else {
            throw Py.ValueError("unrecognized lockf argument");
        }
        long start = arguments.has(3) ? Arguments.truncatedLong(arguments.get(3)) : 0;
        long length = arguments.has(2) ? Arguments.truncatedLong(arguments.get(2)) : 0;
        return lock(number, (operation & LOCK_NB) != 0 ? F_SETLK : F_SETLKW, type, whence, start, length);
    }

    private PyObject lock(int number, int command, short type, short whence, long start, long length)
            throws CallFailure, StackException {
        byte[] flock = new byte[LOCK_SIZE];
        ByteBuffer fields = ByteBuffer.wrap(flock).order(ByteOrder.nativeOrder());
        fields.putShort(0, type);
        fields.putShort(LOCK_WHENCE, whence);
        fields.putLong(LOCK_START, start);
        fields.putLong(LOCK_LENGTH, length);
        control.fcntl(number, command, flock);
        return Py.None;
    }
}
