package io.github.pysockets.python;

import io.github.pysockets.stack.NameServiceException;
import java.lang.reflect.Field;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The meaning of negative results on the Python side. From -1 to {@link #LOWEST_ERRNO} they are negated errnos; a few
 * ranges below are for failures without an errno. They are numbers because a Java exception that reaches Python is not
 * a Python exception.
 */
public final class Codes {
    /** The lowest negated errno. */
    public static final int LOWEST_ERRNO = -9_999;

    /** TimeoutError: timed out. */
    public static final int TIMED_OUT = -10_001;
    /** The thread was interrupted while it waited. */
    public static final int INTERRUPTED = -10_002;
    /** MemoryError. */
    public static final int NO_MEMORY = -10_003;
    /** OSError without an errno: the form of the host does not match the family. */
    public static final int FAMILY_MISMATCHED = -10_004;
    /** OSError without an errno: '' as a host stands for more than one address. */
    public static final int AMBIGUOUS_WILDCARD = -10_005;

    /** RuntimeError: another thread is in this call already, which allows only one. */
    public static final int CONCURRENT_POLL = -10_011;
    /** ValueError: the descriptor number is too high for select(2). */
    public static final int OUT_OF_RANGE = -10_012;

    /** TypeError: an argument has the wrong type. */
    public static final int WRONG_TYPE = -10_013;
    /** BufferError: a buffer became shorter while its bytes were being sent. */
    public static final int BUFFER_CHANGED = -10_014;
    /** RecursionError: the thread's stack is full. */
    public static final int TOO_DEEP = -10_015;

    /** OSError with EBADF: this interpreter may not use the number. */
    public static final int NOT_OWN = -10_010;

    /** OSError with EPERM: the call affects more than a script of this interpreter may affect. */
    public static final int NOT_PERMITTED = -10_020;
    /** OSError with ENOPROTOOPT: the effects of the call are unknown, and the script is not trusted with that. */
    public static final int NOT_KNOWN = -10_021;

    /** Not a failure: the fast form of a call leaves this case to its full form. */
    public static final int UNUSUAL = -10_009;

    /** gaierror: this plus the EAI code, which is negative itself. */
    public static final int GAI_ERROR = -20_000;
    /** herror: this minus h_errno. */
    public static final int HOST_ERROR = -30_000;

    /** OSError without an errno: a numeric host stands for more than one address. */
    public static final int MULTIPLE_ADDRESSES = -10_006;
    /** OSError without an errno: an IPv4 host came with the parts of an IPv6 address. */
    public static final int NOT_A_PAIR = -10_007;
    /** SystemError: a defect of this software. */
    public static final int DEFECT = -10_008;

    private Codes() {}

    /** All constants of this class by name, for the Python side, which needs no second list. */
    public static SortedMap<String, Integer> byName() {
        SortedMap<String, Integer> codes = new TreeMap<>();
        for (Field field : Codes.class.getFields()) {
            codes.put(field.getName(), valueOf(field));
        }
        return codes;
    }

    private static int valueOf(Field constant) {
        try {
            return constant.getInt(null);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns the code of a name service's failure. */
    public static int of(NameServiceException failure) {
        return switch (failure.range()) {
            case EAI -> GAI_ERROR + failure.code();
            case H_ERRNO -> HOST_ERROR - failure.code();
        };
    }
}
