package io.github.pysockets.jython;

import io.github.pysockets.abi.Errno;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.python.core.Py;
import org.python.core.PyObject;
import org.python.core.PyString;
import org.python.core.PyUnicode;

/** Files of certificates and keys, by the names that scripts give them. */
final class SslFiles {
    private SslFiles() {}

    /** The path for a script's str or unicode. One that is not absolute begins at Jython's current directory. */
    static Path path(PyObject name) {
        String text = switch (name) {
            case PyUnicode unicode -> unicode.getString();
            case PyString bytes -> Py.fileSystemDecode(bytes);
            default -> throw Py.TypeError(
                    "coercing to Unicode: need string or buffer, " + name.getType().fastGetName() + " found");
        };
        if (text.indexOf(0) >= 0) {
            throw Py.TypeError("must be encoded string without NULL bytes, not " + name.getType().fastGetName());
        }
        try {
            return Path.of(text.isEmpty() ? text : Py.getSystemState().getPath(text));
        } catch (InvalidPathException noPath) {
            throw Py.ValueError(noPath.getMessage());
        }
    }

    /** As {@link #path}; null for None and for what was not given. */
    static Path pathOrNull(Arguments arguments, int at) {
        return arguments.orNone(at) == Py.None ? null : path(arguments.get(at));
    }

    /** The content of a file. IOError where it cannot be read, without its name, as CPython has it here. */
    static byte[] content(Bindings bindings, Path file) {
        return read(bindings, file);
    }

    /** As above, with the name in the IOError. */
    static byte[] content(Bindings bindings, Path file, PyObject name) {
        return read(bindings, file, name);
    }

    private static byte[] read(Bindings bindings, Path file, PyObject... name) {
        try {
            if (file.toString().isEmpty()) {
                throw new NoSuchFileException("");
            }
            return Files.readAllBytes(file);
        } catch (IOException failure) {
            int errno = errno(failure, file);
            List<PyObject> arguments = new ArrayList<>();
            arguments.add(bindings.errors().number(errno));
            arguments.add(new PyString(bindings.runtime().errorText(-errno)));
            arguments.addAll(List.of(name));
            throw SocketErrors.exception(Py.IOError, arguments.toArray(PyObject[]::new));
        }
    }

    private static int errno(IOException failure, Path file) {
        return switch (failure) {
            case NoSuchFileException _ -> Errno.ENOENT;
            case AccessDeniedException _ -> Errno.EACCES;
            case FileSystemException refused when "Not a directory".equals(refused.getReason()) -> Errno.ENOTDIR;
            default -> Files.isDirectory(file) ? Errno.EISDIR : Errno.EIO;
        };
    }
}
