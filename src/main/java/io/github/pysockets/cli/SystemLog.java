package io.github.pysockets.cli;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import org.graalvm.polyglot.Value;

/** The system's log: see syslog(3). */
final class SystemLog {
    /** Where the C library has the name of the program: it keeps no copy of it. */
    private static Arena names = Arena.ofShared();

    private SystemLog() {}

    /** Opens the log. Arguments: the name of the program, options, the facility. */
    static synchronized Object open(Value... arguments) {
        MethodHandle openlog = NativeCalls.function("openlog",
                FunctionDescriptor.ofVoid(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        Arena before = names;
        names = Arena.ofShared();
        try {
            openlog.invokeExact(
                    names.allocateFrom(arguments[0].asString(), StandardCharsets.ISO_8859_1),
                    arguments[1].asInt(),
                    arguments[2].asInt());
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
        before.close();
        return true;
    }

    /** Writes a line. Arguments: the priority, the text. */
    static synchronized Object write(Value... arguments) {
        MethodHandle syslog = NativeCalls.function("syslog",
                FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS),
                Linker.Option.firstVariadicArg(2));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocateFrom(arguments[1].asString(), StandardCharsets.ISO_8859_1);
            syslog.invokeExact(arguments[0].asInt(), arena.allocateFrom("%s"), text);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
        return true;
    }

    /** Closes the log. */
    static synchronized Object close(Value... none) {
        try {
            NativeCalls.function("closelog", FunctionDescriptor.ofVoid()).invokeExact();
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
        return true;
    }

    /** Sets which priorities are written; returns the mask before. Argument: the mask. */
    static synchronized Object setMask(Value... arguments) {
        MethodHandle setlogmask = NativeCalls.function(
                "setlogmask", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        try {
            return (int) setlogmask.invokeExact(arguments[0].asInt());
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
