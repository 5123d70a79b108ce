package io.github.pysockets.python;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.SocketAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every address has a form in Python. */
final class AddressTuplesTest {
    /** Makes lists of what an interpreter makes tuples of. */
    private static final Values LISTS = new Values() {
        @Override
        public Object tuple(Object... items) {
            return Arrays.asList(items);
        }

        @Override
        public Object bytes(byte[] bytes) {
            return "bytes";
        }

        @Override
        public Object path(byte[] bytes) {
            return "path";
        }

        @Override
        public Object unsigned(long bits) {
            return bits;
        }
    };

    private static final Object OF_NOBODY = List.of(0, "bytes");

    private static Object form(SocketAddress address) {
        try (SocketRuntime runtime =
                new SocketRuntime(LinuxStack.open(), Numbering.APART, false, () -> false, SearchRule.NEVER)) {
            return new AddressTuples(runtime, LISTS).toPython(address);
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.pysockets.stack.SockaddrRecords#all")
    void recordHasAFormOfItsOwn(SocketAddress address) {
        assertNotEquals(address.getClass().getSimpleName().equals("SockaddrOther") ? null : OF_NOBODY, form(address));
    }

    @Test
    void addressOfAnotherStackIsThere() {
        assertEquals(OF_NOBODY, form(new SocketAddress() {}));
    }
}
