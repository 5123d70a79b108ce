package io.github.pysockets.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;

/**
 * Links functions of the C library and calls them. The {@code *Calls} classes, one for each subject, name the
 * functions, so a program links only what it uses.
 *
 * <p>Linking a function with a new shape (number and kinds of its parameters) costs about 5 ms, with a known shape 0.2
 * ms. So there are few shapes: every parameter is a machine word, and unused ones are 0. The calling conventions of
 * Linux on x86-64 and aarch64 allow this. An int is passed in the low half of a word, whose other half does not matter.
 * A function does not see words after its own parameters. A variadic call differs only by the count of floating point
 * parameters, which a function that is not variadic ignores. A C int result is the low half of the returned word.
 */
final class Libc {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup SYMBOLS = LINKER.defaultLookup();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");

    private static final Linker.Option VARIADIC = Linker.Option.firstVariadicArg(2);
    private static final FunctionDescriptor SIX_WORDS = words(6);

    private Libc() {}

    /** The layout of a captured errno: one int, at the start. */
    static MemoryLayout errnoLayout() {
        return Linker.Option.captureStateLayout();
    }

    /** A function with at most six parameters. They may be variadic from the third on, as for fcntl and ioctl. */
    static MethodHandle function(String name) {
        return link(name, SIX_WORDS, ERRNO, VARIADIC);
    }

    /** A function with seven or eight parameters. */
    static MethodHandle longFunction(String name) {
        return link(name, words(8), ERRNO);
    }

    /**
     * sendto or recvfrom, whose second parameter may be an array on the Java heap. The garbage collector waits for such
     * a call, so it must not block.
     */
    static MethodHandle transferFunction(String name) {
        FunctionDescriptor shape = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG,
                JAVA_LONG);
        return link(name, shape, ERRNO, Linker.Option.critical(true));
    }

    /** Calls a {@link #function} whose result is a C int: zero or more, or the negated errno. */
    static int call(MethodHandle function, long a, long b, long c, long d, long e, long f) {
        Scratch scratch = Scratch.mine();
        return scratch.result(word(function, scratch, a, b, c, d, e, f));
    }

    static int call(MethodHandle function, long a) {
        return call(function, a, 0, 0, 0, 0, 0);
    }

    static int call(MethodHandle function, long a, long b) {
        return call(function, a, b, 0, 0, 0, 0);
    }

    static int call(MethodHandle function, long a, long b, long c) {
        return call(function, a, b, c, 0, 0, 0);
    }

    static int call(MethodHandle function, long a, long b, long c, long d) {
        return call(function, a, b, c, d, 0, 0);
    }

    static int call(MethodHandle function, long a, long b, long c, long d, long e) {
        return call(function, a, b, c, d, e, 0);
    }

    /** Calls a {@link #function} and returns the whole result word. The errno is left in {@code scratch}. */
    static long word(MethodHandle function, Scratch scratch, long a, long b, long c, long d, long e, long f) {
        try {
            long word = (long) function.invokeExact(scratch.errnoCapture(), a, b, c, d, e, f);
            if (Room.GUARDED) {
                scratch.check();
            }
            return word;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** Calls a {@link #longFunction}, as {@link #word} does. */
    static long longWord(
            MethodHandle function, Scratch scratch, long a, long b, long c, long d, long e, long f, long g, long h) {
        try {
            long word = (long) function.invokeExact(scratch.errnoCapture(), a, b, c, d, e, f, g, h);
            if (Room.GUARDED) {
                scratch.check();
            }
            return word;
        } catch (Throwable thrown) {
            throw unexpected(thrown);
        }
    }

    /** A downcall throws only errors of the JVM itself. */
    static RuntimeException unexpected(Throwable thrown) {
        return switch (thrown) {
            case Error error -> throw error;
            case RuntimeException exception -> exception;
            default -> new IllegalStateException(thrown);
        };
    }

    private static FunctionDescriptor words(int parameters) {
        MemoryLayout[] layouts = new MemoryLayout[parameters];
        Arrays.fill(layouts, JAVA_LONG);
        return FunctionDescriptor.of(JAVA_LONG, layouts);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle link(String name, FunctionDescriptor shape, Linker.Option... options) {
        MemorySegment address = SYMBOLS.find(name)
                .orElseThrow(() -> new UnsupportedOperationException("The C library has no function " + name + "."));
        return LINKER.downcallHandle(address, shape, options);
    }
}
