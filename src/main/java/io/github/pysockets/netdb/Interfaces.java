package io.github.pysockets.netdb;

import static io.github.pysockets.abi.Netdb.EAI_NONAME;

import io.github.pysockets.stack.NameService.NetworkInterface;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.util.List;
import java.util.Objects;

/** Interfaces by name and by number, and the scopes of addresses that are their names: RFC 4007, section 11. */
final class Interfaces {
    private static final long LARGEST_SCOPE = 0xffff_ffffL;
    private static final int SCOPE_DIGITS = 18;

    private final HostInterfaces source;

    Interfaces(HostInterfaces source) {
        this.source = Objects.requireNonNull(source, "interfaces");
    }

    List<NetworkInterface> list() throws StackException {
        return List.copyOf(source.list());
    }

    /** Internet addresses of this host. */
    List<SocketAddress> addresses() throws StackException {
        return source.addresses().stream()
                .filter(it -> it instanceof SockaddrIn || it instanceof SockaddrIn6)
                .map(it -> Inet.withPort(it, 0))
                .toList();
    }

    /** The number of an interface, or 0. */
    int index(String name) throws StackException {
        return source.list().stream()
                .filter(it -> it.name().equals(name))
                .mapToInt(NetworkInterface::index)
                .findFirst().orElse(0);
    }

    /** The name of an interface, or null. */
    String name(long index) throws StackException {
        return source.list().stream()
                .filter(it -> it.index() == index)
                .map(NetworkInterface::name)
                .findFirst().orElse(null);
    }

    /** The number that is meant by the text after {@code %}: an interface of the link, or a decimal number. */
    int scope(SockaddrIn6 address, String zone) throws NameServiceException, StackException {
        int index = Inet.isOfLink(address) || Inet.isOfInterface(address) ? index(zone) : 0;
        if (index != 0) {
            return index;
        }
        boolean isNumber = !zone.isEmpty() && zone.chars().allMatch(c -> c >= '0' && c <= '9');
        String digits = isNumber ? zone.replaceFirst("^0+(?=.)", "") : "";
        if (!isNumber || digits.length() > SCOPE_DIGITS || Long.parseLong(digits) > LARGEST_SCOPE) {
            throw NetdbErrors.eai(EAI_NONAME);
        }
        return (int) Long.parseLong(digits);
    }

    /** What follows an address as text: {@code %} and its scope, or nothing. */
    String zone(SockaddrIn6 address) throws StackException {
        if (address.scopeId() == 0) {
            return "";
        }
        long index = Integer.toUnsignedLong(address.scopeId());
        String name = Inet.isOfLink(address) ? name(index) : null;
        return "%" + (name == null ? index : name);
    }
}
