package io.github.pysockets.linux;

import java.lang.invoke.MethodHandle;

/**
 * libc's texts for error numbers, in English. The launcher of a JVM sets the process's locale from the environment, and
 * libc's texts would follow it. CPython's do not, and programs compare them.
 */
final class ErrorTexts {
    private static final long LC_ALL_MASK = 0x1fbf;

    private static final MethodHandle USELOCALE = Libc.function("uselocale");
    private static final MethodHandle STRERROR = Libc.function("strerror");
    private static final MethodHandle GAI_STRERROR = Libc.function("gai_strerror");
    private static final MethodHandle HSTRERROR = Libc.function("hstrerror");

    private static final long ENGLISH = english();

    private ErrorTexts() {}

    /** strerror(3). */
    static String errno(int errno) {
        return text(STRERROR, errno);
    }

    /** gai_strerror(3). */
    static String eai(int code) {
        return text(GAI_STRERROR, code);
    }

    /** hstrerror(3). */
    static String hostError(int code) {
        return text(HSTRERROR, code);
    }

    /** The result may be in a buffer of the thread, so it is read before the next call. */
    private static String text(MethodHandle function, int code) {
        Scratch scratch = Scratch.mine();
        long before = Libc.word(USELOCALE, scratch, ENGLISH, 0, 0, 0, 0, 0);
        try {
            return NativeText.readPointer(NativeMemory.ALL, Libc.word(function, scratch, code, 0, 0, 0, 0, 0));
        } finally {
            Libc.word(USELOCALE, scratch, before, 0, 0, 0, 0, 0);
        }
    }

    /** A locale_t for "C", or 0, with which uselocale changes nothing. */
    private static long english() {
        Scratch scratch = Scratch.mine();
        // The C string "C".
        scratch.room(2).set(Fields.HOST_SHORT, 0, (short) 0);
        scratch.room(2).set(Fields.BYTE, 0, (byte) 'C');
        return Libc.word(
                Libc.function("newlocale"), scratch, LC_ALL_MASK, scratch.room(2).address(), 0, 0, 0, 0);
    }
}
