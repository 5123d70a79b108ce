package io.github.pysockets.jython;

import io.github.pysockets.python.SocketRuntime;
import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Field;
import org.python.core.io.FileIO;
import org.python.core.io.RawIOBase;
import org.python.core.io.StreamIO;

/**
 * What Jython has in place of descriptor numbers: the objects that {@code os.open()} and a file's {@code fileno()}
 * give. Here they become numbers of the process, where those can be found out.
 *
 * <p>Java tells the number of its standard streams alone. It tells others where the JVM was started with
 * {@code --add-opens java.base/java.io=ALL-UNNAMED}, as the pysockets command is.
 */
final class JythonFiles {
    /** Reading or writing would not wait. */
    static final int READY = -1;
    /** The file is closed. */
    static final int CLOSED = -2;
    /** Nothing can be found out. */
    static final int UNKNOWN = -3;

    /** How many of the process's descriptors have a number of their own in Jython: standard input and the like. */
    private static final int STANDARD = 3;

    private JythonFiles() {}

    private static final class Fields {
        private static final Field NUMBER = open(FileDescriptor.class, "fd");
        private static final Field INPUT = open(FilterInputStream.class, "in");
        private static final Field OUTPUT = open(FilterOutputStream.class, "out");

        /** Null where the JVM does not open it. */
        private static Field open(Class<?> type, String name) {
            try {
                Field field = type.getDeclaredField(name);
                return field.trySetAccessible() ? field : null;
            } catch (NoSuchFieldException changed) {
                return null;
            }
        }

        private static Object get(Field field, Object of) {
            try {
                return field == null ? null : field.get(of);
            } catch (IllegalAccessException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /** The script's number for the number that Python 2 knows of a standard stream; any other number as it is. */
    static int number(SocketRuntime runtime, int number) {
        return number >= 0 && number < STANDARD && runtime.lowestNumber() >= STANDARD
                ? runtime.scriptNumber(number)
                : number;
    }

    /** The script's number for a file; or {@link #READY}, {@link #CLOSED} or {@link #UNKNOWN}. */
    static int number(SocketRuntime runtime, RawIOBase file) {
        if (file instanceof DescriptorFile ours) {
            return ours.number();
        }
        if (file.closed()) {
            return CLOSED;
        }
        int found = processNumber(file);
        return found < 0 ? found : runtime.reachesProcess() ? runtime.scriptNumber(found) : UNKNOWN;
    }

    private static int processNumber(RawIOBase file) {
        if (file instanceof FileIO onDisk) {
            // Unless it can be told that it is a terminal or the like, it is a file on a disk.
            int number = number(onDisk.getFD());
            return number < 0 ? READY : number;
        }
        if (!(file instanceof StreamIO)) {
            return UNKNOWN;
        }
        return file.readable() ? number(file.asInputStream()) : number(file.asOutputStream());
    }

    private static int number(InputStream stream) {
        try {
            // What a Java buffer holds does not show at the descriptor.
            if (stream.available() > 0) {
                return READY;
            }
            if (stream == System.in) {
                return 0;
            }
            Object inner = stream;
            while (inner instanceof FilterInputStream filter) {
                inner = Fields.get(Fields.INPUT, filter);
            }
            if (inner instanceof FileInputStream file) {
                return number(file.getFD());
            }
            // What is left of a process that has ended.
            return inner instanceof ByteArrayInputStream || inner != null && isEmpty(inner) ? READY : UNKNOWN;
        } catch (IOException closed) {
            return READY;
        }
    }

    private static boolean isEmpty(Object stream) {
        return stream.getClass().getSimpleName().startsWith("Null");
    }

    private static int number(OutputStream stream) {
        if (stream == System.out) {
            return 1;
        }
        if (stream == System.err) {
            return 2;
        }
        Object inner = stream;
        while (inner instanceof FilterOutputStream filter) {
            inner = Fields.get(Fields.OUTPUT, filter);
        }
        try {
            return inner instanceof FileOutputStream file ? number(file.getFD()) : UNKNOWN;
        } catch (IOException closed) {
            return READY;
        }
    }

    private static int number(FileDescriptor descriptor) {
        if (descriptor == FileDescriptor.in) {
            return 0;
        }
        if (descriptor == FileDescriptor.out) {
            return 1;
        }
        if (descriptor == FileDescriptor.err) {
            return 2;
        }
        Object number = Fields.get(Fields.NUMBER, descriptor);
        // It is -1 once Java has closed the file, as it does when a process ends whose output it has kept.
        return number instanceof Integer known ? known < 0 ? READY : known : UNKNOWN;
    }
}
