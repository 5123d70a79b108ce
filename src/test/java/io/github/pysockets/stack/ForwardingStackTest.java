package io.github.pysockets.stack;

import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.pysockets.linux.LinuxStack;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract, on a stack all of whose parts are wrapped: wrapping changes nothing. */
final class ForwardingStackTest extends StackContract {
    private static final SocketStack STACK = new Wrapping(LinuxStack.open());
    private static final DescriptorStack DESCRIPTORS = STACK.ability(DescriptorStack.class);

    @Override
    protected SocketStack stack() {
        return STACK;
    }

    /** A call that has a body in the contract's interface would not be missed by the compiler. */
    @ParameterizedTest
    @ValueSource(
            classes = {
                ForwardingStack.class,
                ForwardingEndpoint.class,
                ForwardingPoller.class,
                ForwardingEpoll.class,
                ForwardingNames.class
            })
    void everyCallIsPassedOn(Class<?> wrapper) {
        List<Method> missing = Arrays.stream(wrapper.getInterfaces())
                .flatMap(contract -> Arrays.stream(contract.getMethods()))
                // Which is made of the other one.
                .filter(call -> !call.getName().equals("require"))
                .filter(call -> Arrays.stream(wrapper.getDeclaredMethods())
                        .noneMatch(own -> own.getName().equals(call.getName())
                                && Arrays.equals(own.getParameterTypes(), call.getParameterTypes())))
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void whatANumberStandsForIsWrapped() throws StackException {
        try (Poller poller = STACK.newPoller()) {
            assertEquals(WrappedPoller.class, poller.getClass());
        }
        assertEquals(Wrapped.class, DESCRIPTORS.endpoint(0).getClass());
        assertEquals(WrappedNames.class, STACK.names().getClass());
    }

    @Test
    void wrapperIsFoundInsideOfAnother() throws StackException {
        Endpoint inner = STACK.socket(AF_UNIX, SOCK_STREAM, 0);
        Endpoint outer = new ForwardingEndpoint(inner, made -> made);
        Endpoint plain = new PlainStack(STACK).wrap(inner);

        assertSame(inner, outer.ability(Wrapped.class));
        assertSame(inner, plain.ability(Wrapped.class));
        assertSame(outer, outer.ability(MessageEndpoint.class));
        assertNull(plain.ability(MessageEndpoint.class));
        assertNull(new ForwardingEndpoint(plain, made -> made).ability(MessageEndpoint.class));
        outer.close();
    }

    @Test
    void whatACallMakesIsWrapped() throws StackException {
        EndpointPair pair = STACK.socketpair(AF_UNIX, SOCK_STREAM, 0);
        Endpoint duplicate = pair.first().require(DescriptorEndpoint.class).duplicate(0, false);
        Epoll set = STACK.require(EpollStack.class).newEpoll(0);
        for (Endpoint made : List.of(pair.first(), pair.second(), duplicate, set.endpoint())) {
            assertEquals(Wrapped.class, made.getClass());
            made.close();
        }
    }

    private static final class Wrapping extends ForwardingStack {
        Wrapping(SocketStack delegate) {
            super(delegate);
        }

        @Override
        protected Endpoint wrap(Endpoint endpoint) {
            return new Wrapped(endpoint);
        }

        @Override
        protected Poller wrap(Poller poller) {
            return new WrappedPoller(poller);
        }

        @Override
        protected NameService wrap(NameService names) {
            return new WrappedNames(names);
        }
    }

    private static final class Wrapped extends ForwardingEndpoint {
        Wrapped(Endpoint delegate) {
            super(delegate, Wrapped::new);
        }
    }

    private static final class WrappedPoller extends ForwardingPoller {
        WrappedPoller(Poller delegate) {
            super(delegate);
        }
    }

    private static final class WrappedNames extends ForwardingNames {
        WrappedNames(NameService delegate) {
            super(delegate);
        }
    }
}
