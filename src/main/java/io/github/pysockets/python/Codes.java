package io.github.pysockets.python;

import io.github.pysockets.stack.NameServiceException;
import java.lang.reflect.Field;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a negative result means to the Python side. From -1 to {@link #LOWEST_ERRNO} it is a negated errno; below that are a few
 * ranges for what has no errno. Numbers, because a Java exception that reaches Python is no Python exception.
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
    /** OSError without an errno: the form of a host does not go with the family. */
    public static final int FAMILY_MISMATCHED = -10_004;
    /** OSError without an errno: '' for a host stands for more than one address. */
    public static final int AMBIGUOUS_WILDCARD = -10_005;

    /** RuntimeError: another thread is in a call that only one may be in. */
    public static final int CONCURRENT_POLL = -10_011;
    /** ValueError: select(2) has no place for a descriptor number so high. */
    public static final int OUT_OF_RANGE = -10_012;

    /** TypeError: an argument is of a type that the call has no use for. */
    public static final int WRONG_TYPE = -10_013;
    /** BufferError: a buffer became shorter while its bytes were on their way out. */
    public static final int BUFFER_CHANGED = -10_014;
    /** RecursionError: the thread's stack has no room left. */
    public static final int TOO_DEEP = -10_015;

    /** OSError with EBADF: the number is not one that this interpreter may use. */
    public static final int NOT_OWN = -10_010;

    /** OSError with EPERM: what the call does reaches further than a script of this interpreter may. */
    public static final int NOT_PERMITTED = -10_020;
    /** OSError with ENOPROTOOPT: nobody knows how far what the call does reaches, and the script is not trusted with that. */
    public static final int NOT_KNOWN = -10_021;

    /** Not a failure: the fast form of a call leaves this one to its full form. */
    public static final int UNUSUAL = -10_009;

    /** gaierror: the EAI code, itself negative, is added to it. */
    public static final int GAI_ERROR = -20_000;
    /** herror: h_errno is taken off it. */
    public static final int HOST_ERROR = -30_000;

    /** OSError without an errno: a numeric host that stands for more than one address. */
    public static final int MULTIPLE_ADDRESSES = -10_006;
    /** OSError without an errno: an IPv4 host with the parts of an IPv6 address. */
    public static final int NOT_A_PAIR = -10_007;
    /** SystemError: a defect of this software. */
    public static final int DEFECT = -10_008;

    private Codes() {}

    /** All the constants of this class by their names, for the Python side: what has a name here needs no second list. */
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

    /** The code of a name service's failure. */
    public static int of(NameServiceException failure) {
        return switch (failure.range()) {
            case EAI -> GAI_ERROR + failure.code();
            case H_ERRNO -> HOST_ERROR - failure.code();
        };
    }
}
