package io.github.pysockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.fixtures.Sandbox;
import io.github.pysockets.python.Codes;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each result code of Java's means something in Python, and Python's table has no other names than Java has. */
final class ResultCodeNamesTest {
    private static Sandbox sandbox;

    @BeforeAll
    static void open() {
        sandbox = new Sandbox();
        sandbox.run("import _pysockets.codes as codes, _pysockets.host as host");
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    private static String names(String expression) {
        return sandbox.text("' '.join(sorted(" + expression + "))");
    }

    @Test
    void allConstantsAreHandedOver() throws ReflectiveOperationException {
        List<Field> constants = Arrays.stream(Codes.class.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == int.class)
                .toList();
        assertTrue(constants.size() > 10, "constants are found");
        for (Field constant : constants) {
            assertEquals(constant.getInt(null), Codes.byName().get(constant.getName()), constant.getName());
            String number = sandbox.text("host.codes['" + constant.getName() + "']");
            assertEquals(String.valueOf(constant.getInt(null)), number, constant.getName());
        }
        assertEquals(constants.size(), Codes.byName().size());
    }

    @Test
    void numbersAreDifferentOnes() {
        assertEquals(Codes.byName().size(), new TreeSet<>(Codes.byName().values()).size());
    }

    @Test
    void pythonHasAnExceptionForEachNameAndForNoOther() {
        assertEquals(String.join(" ", Codes.byName().keySet()), names("[*codes.FAILURES, *codes.RANGES]"));
    }

    @Test
    void eachCodeIsItsException() {
        assertEquals("""
                AMBIGUOUS_WILDCARD OSError('wildcard resolved to multiple address')
                BUFFER_CHANGED BufferError('the buffer became shorter while its bytes were sent')
                CONCURRENT_POLL RuntimeError('concurrent poll() invocation')
                DEFECT SystemError('internal error %d of the socket module')
                FAMILY_MISMATCHED OSError('address family mismatched')
                INTERRUPTED InterruptedError(4, 'Interrupted system call')
                MULTIPLE_ADDRESSES OSError('sockaddr resolved to multiple addresses')
                NOT_A_PAIR OSError('IPv4 sockaddr must be 2 tuple')
                NOT_KNOWN OSError(92, 'Protocol not available, or not known to be harmless')
                NOT_OWN OSError(9, "Bad file descriptor, or not one of the script's own")
                NOT_PERMITTED PermissionError(1, 'Operation not permitted to a script without foreign descriptors')
                NO_MEMORY MemoryError()
                OUT_OF_RANGE ValueError('filedescriptor out of range in select()')
                TIMED_OUT TimeoutError('timed out')
                TOO_DEEP RecursionError('maximum recursion depth exceeded')
                UNUSUAL SystemError('internal error %d of the socket module')
                WRONG_TYPE TypeError('an argument is of a type that the call has no use for')
                """.formatted(Codes.DEFECT, Codes.UNUSUAL), sandbox.text("""
                "".join(
                    "%s %r\\n" % (name, codes.failure(host.codes[name]))
                    for name in sorted(host.codes) if name not in codes.RANGES)
                """));
    }

    @Test
    void codesOfARangeAreTheirExceptions() {
        assertEquals("FileNotFoundError gaierror(-2, 'Name or service not known') herror(1, 'Unknown host')"
                + " SystemError('internal error -19999 of the socket module')", sandbox.text("""
                " ".join((
                    type(codes.failure(-2)).__name__,
                    repr(codes.failure(host.codes["GAI_ERROR"] - 2)),
                    repr(codes.failure(host.codes["HOST_ERROR"] - 1)),
                    repr(codes.failure(host.codes["GAI_ERROR"] + 1))))
                """));
    }
}
