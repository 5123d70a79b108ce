package io.github.pysockets.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.pysockets.abi.Errno;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That every call fails, whatever calls the contract has: they are found by reflection. */
final class UnsupportedStackTest {
    private static final int ERRNO = 4321;
    private static final UnsupportedStack STACK = new UnsupportedStack(ERRNO);
    private static final int DESCRIPTOR = 7;
    private static final Endpoint ENDPOINT = STACK.endpoint(DESCRIPTOR);

    /** Calls that tell of no errno, and what they answer. */
    private static final Map<String, Object> EMPTY_ANSWERS = Map.of(
            "descriptor", DESCRIPTOR,
            "getservbyname", -1,
            "getprotobyname", -1,
            "interfaceIndex", 0,
            "answersAtOnce", false);

    private static final Set<String> WITHOUT_FAILURE =
            Set.of("name", "endpoint", "epoll", "names", "constants", "offers",
                    "errorText", "getservbyport", "ability", "require");

    static Stream<Call> calls() {
        return Stream.of(
                new Call(FileStack.class, STACK),
                new Call(ProcessStack.class, STACK),
                new Call(EpollStack.class, STACK),
                new Call(MessageEndpoint.class, ENDPOINT),
                new Call(SeekableEndpoint.class, ENDPOINT),
                new Call(DescriptorEndpoint.class, ENDPOINT),
                new Call(ControlEndpoint.class, ENDPOINT),
                new Call(Epoll.class, STACK.epoll(ENDPOINT)),
                new Call(NameService.class, STACK.names()))
                .flatMap(subject -> Arrays.stream(subject.type().getMethods())
                        .filter(method -> !WITHOUT_FAILURE.contains(method.getName()))
                        .map(method -> new Call(subject.type(), subject.target(), method)));
    }

    record Call(Class<?> type, Object target, Method method) {
        Call(Class<?> type, Object target) {
            this(type, target, null);
        }

        Object make() throws Throwable {
            Object[] arguments = Arrays.stream(method.getParameterTypes()).map(Call::argument).toArray();
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
            }
        }

        private static Object argument(Class<?> type) {
            if (type == int.class) {
                return 0;
            }
            if (type == long.class) {
                return 0L;
            }
            return type == boolean.class ? false : null;
        }

        @Override
        public String toString() {
            return type.getSimpleName() + "." + method.getName()
                    + Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("calls")
    void everyCallFailsWithTheErrno(Call call) throws Throwable {
        if (EMPTY_ANSWERS.containsKey(call.method().getName())) {
            assertEquals(EMPTY_ANSWERS.get(call.method().getName()), call.make());
        } else if (Arrays.asList(call.method().getExceptionTypes()).contains(StackException.class)) {
            assertEquals(ERRNO, assertThrows(StackException.class, call::make).errno());
        } else {
            assertEquals(-ERRNO, ((Number) call.make()).longValue());
        }
    }

    @Test
    void errnoIsThatACallIsNotSupportedUnlessGiven() {
        assertEquals(-Errno.EOPNOTSUPP, new UnsupportedStack().endpoint(1).connect(null));
    }

    @Test
    void constantsAreThoseOfEverySystem() {
        Map<String, Long> constants = STACK.constants();

        assertEquals(2, constants.get("AF_INET"));
        assertEquals(0xffff_ffffL, constants.get("INADDR_BROADCAST"));
        assertEquals(-2, constants.get("EAI_NONAME"));
        assertFalse(constants.containsKey("AF_NETLINK"));
        assertThrows(UnsupportedOperationException.class, constants::clear);
    }

    @Test
    void errnoIsPositive() {
        assertThrows(IllegalArgumentException.class, () -> new UnsupportedStack(0));
        assertThrows(IllegalArgumentException.class, () -> new UnsupportedStack(-Errno.EBADF));
    }

    @Test
    void whatTellsOfNoErrnoIsEmpty() {
        assertEquals(null, STACK.names().getservbyport(80, null));
        assertSame(ENDPOINT, STACK.epoll(ENDPOINT).endpoint());
        assertTrue(STACK.errorText(3).contains("3"));
    }
}
