package io.github.pysockets.observe;

import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_INET6;
import static io.github.pysockets.abi.AddressFamilies.AF_UNSPEC;

import io.github.pysockets.stack.ForwardingNames;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** Sees the questions about hosts. Those about services and interfaces go by: this host has the answers. */
final class ObservedNames extends ForwardingNames {
    private final Observation observation;
    private final SocketStack stack;

    ObservedNames(NameService delegate, Observation observation, SocketStack stack) {
        super(delegate);
        this.observation = observation;
        this.stack = stack;
    }

    @FunctionalInterface
    private interface Question<T> {
        T ask() throws NameServiceException, StackException;
    }

    /** @param name what was asked for, as text */
    private <T> T ask(String call, Supplier<String> name, int family, Question<T> question, ToIntFunction<T> answers)
            throws NameServiceException, StackException {
        observation.countLookUp(family);
        Object event = FlightEvents.beginLookUp();
        long begun = System.nanoTime();
        int found = 0;
        String failure = null;
        try {
            T answer = question.ask();
            found = answers.applyAsInt(answer);
            return answer;
        } catch (NameServiceException unanswered) {
            failure = errorText(unanswered.range(), unanswered.code());
            throw unanswered;
        } catch (StackException failed) {
            failure = stack.errorText(failed.errno());
            observation.refused(call, family, name.get(), failed.errno());
            throw failed;
        } finally {
            if (event != null || observation.wantsLookUps()) {
                observation.lookedUp(event, call, name.get(), family, found, failure, System.nanoTime() - begun);
            }
        }
    }

    private static int family(SocketAddress address) {
        return switch (address) {
            case SockaddrIn _ -> AF_INET;
            case SockaddrIn6 _ -> AF_INET6;
            default -> AF_UNSPEC;
        };
    }

    @Override
    public List<AddressInfo> getaddrinfo(byte[] host, byte[] service, int family, int type, int protocol, int flags)
            throws NameServiceException, StackException {
        return ask(
                "getaddrinfo",
                () -> SocketText.name(host),
                family,
                () -> super.getaddrinfo(host, service, family, type, protocol, flags),
                List::size);
    }

    @Override
    public HostService getnameinfo(SocketAddress address, int flags) throws NameServiceException, StackException {
        return ask(
                "getnameinfo",
                () -> SocketText.address(address),
                family(address),
                () -> super.getnameinfo(address, flags),
                found -> 1);
    }

    @Override
    public HostEntry gethostbyname(byte[] name) throws NameServiceException, StackException {
        return ask(
                "gethostbyname",
                () -> SocketText.name(name),
                AF_INET,
                () -> super.gethostbyname(name),
                found -> found.addresses().size());
    }

    @Override
    public HostEntry gethostbyaddr(SocketAddress address) throws NameServiceException, StackException {
        return ask(
                "gethostbyaddr",
                () -> SocketText.address(address),
                family(address),
                () -> super.gethostbyaddr(address),
                found -> 1);
    }
}
