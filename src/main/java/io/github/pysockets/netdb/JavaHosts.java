package io.github.pysockets.netdb;

import static io.github.pysockets.abi.Netdb.TRY_AGAIN;

import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketAddress;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Hosts that Java knows, by the platform's own name service. Java caches what it has learned for the time that the
 * security property {@code networkaddress.cache.ttl} says, and unknown names for {@code
 * networkaddress.cache.negative.ttl}.
 *
 * <p>Java tells no canonical name and no aliases: a host has the name that was asked for. It gives the name of an
 * address only where that name has the address.
 */
final class JavaHosts implements HostDatabase {
    /** Java reads some of these as addresses, in a way of its own. No host has such a name. */
    private static final Pattern DIGITS = Pattern.compile("[0-9.]+");

    /** What glibc and musl say, and Java after them. Java has no other sign of it. */
    private static final Pattern TEMPORARY = Pattern.compile("(?i).*(temporary failure|try again).*");

    @Override
    public Optional<Host> byName(String name) throws NameServiceException {
        if (DIGITS.matcher(name).matches()) {
            return Optional.empty();
        }
        try {
            List<SocketAddress> addresses =
                    Arrays.stream(InetAddress.getAllByName(name)).map(JavaHosts::address).toList();
            return Optional.of(new Host(name, List.of(), addresses));
        } catch (UnknownHostException unknown) {
            String reason = String.valueOf(unknown.getMessage()).replace(name, "");
            if (TEMPORARY.matcher(reason).matches()) {
                throw NetdbErrors.hostError(TRY_AGAIN);
            }
            return Optional.empty();
        }
    }

    @Override
    public Optional<Host> byAddress(SocketAddress address) {
        InetAddress asked = inetAddress(address);
        String name = asked.getCanonicalHostName();
        return name.equals(asked.getHostAddress())
                ? Optional.empty()
                : Optional.of(new Host(name, List.of(), List.of(address)));
    }

    @Override
    public Optional<String> domain() {
        try {
            String name = InetAddress.getLocalHost().getCanonicalHostName();
            int dot = DIGITS.matcher(name).matches() || name.contains(":") ? -1 : name.indexOf('.');
            return dot < 0 ? Optional.empty() : Optional.of(name.substring(dot + 1));
        } catch (UnknownHostException _) {
            // The host's own name has no address: so nothing tells its domain.
            return Optional.empty();
        }
    }

    /** As a socket address with port 0. Java gives a scope to every address of an interface. */
    static SocketAddress address(InetAddress address) {
        SocketAddress bare = Inet.of(address.getAddress(), 0);
        return address instanceof Inet6Address six && bare instanceof SockaddrIn6 in6 && Inet.isOfLink(in6)
                ? Inet.of(address.getAddress(), six.getScopeId())
                : bare;
    }

    private static InetAddress inetAddress(SocketAddress address) {
        byte[] bytes = Inet.bytes(address);
        try {
            return switch (address) {
                case SockaddrIn6 in6 when in6.scopeId() > 0 && Inet.isOfLink(in6) ->
                    Inet6Address.getByAddress(null, bytes, in6.scopeId());
                case SockaddrIn _,SockaddrIn6 _ -> InetAddress.getByAddress(bytes);
                default -> throw new IllegalArgumentException("not an Internet address: " + address);
            };
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address of 4 or 16 bytes", impossible);
        }
    }
}
