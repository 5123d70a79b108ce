package io.github.pysockets.netdb;

import static io.github.pysockets.abi.Netdb.EAI_BADFLAGS;
import static io.github.pysockets.abi.Netdb.EAI_FAMILY;
import static io.github.pysockets.abi.Netdb.EAI_NONAME;
import static io.github.pysockets.abi.Netdb.NI_DGRAM;
import static io.github.pysockets.abi.Netdb.NI_MASK;
import static io.github.pysockets.abi.Netdb.NI_NAMEREQD;
import static io.github.pysockets.abi.Netdb.NI_NOFQDN;
import static io.github.pysockets.abi.Netdb.NI_NUMERICHOST;
import static io.github.pysockets.abi.Netdb.NI_NUMERICSERV;

import io.github.pysockets.abi.InetText;
import io.github.pysockets.netdb.HostDatabase.Host;
import io.github.pysockets.stack.NameService.HostService;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.util.Optional;

/** One question to getnameinfo(3). The order of the checks is glibc's. */
final class NameinfoQuery {
    private final HostDatabase hosts;
    private final Interfaces interfaces;
    private final ServiceTable services;
    private final int flags;

    NameinfoQuery(HostDatabase hosts, Interfaces interfaces, ServiceTable services, int flags) {
        this.hosts = hosts;
        this.interfaces = interfaces;
        this.services = services;
        this.flags = flags;
    }

    HostService answer(SocketAddress address) throws NameServiceException, StackException {
        if ((flags & ~NI_MASK) != 0) {
            throw NetdbErrors.eai(EAI_BADFLAGS);
        }
        return switch (address) {
            case SockaddrIn in -> new HostService(host(in), service(in.port()));
            case SockaddrIn6 in6 -> new HostService(host(in6), service(in6.port()));
            default -> throw NetdbErrors.eai(EAI_FAMILY);
        };
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    private String host(SocketAddress address) throws NameServiceException, StackException {
        Optional<String> name = has(NI_NUMERICHOST) ? Optional.empty() : name(address);
        if (name.isEmpty() && has(NI_NAMEREQD)) {
            throw NetdbErrors.eai(EAI_NONAME);
        }
        if (name.isPresent()) {
            return name.get();
        }
        String zone = address instanceof SockaddrIn6 in6 ? interfaces.zone(in6) : "";
        return InetText.format(Inet.bytes(address)) + zone;
    }

    private Optional<String> name(SocketAddress address) throws NameServiceException {
        try {
            Optional<String> name = ReverseLookup.ask(hosts, address).map(Host::name);
            if (name.isEmpty() || !has(NI_NOFQDN)) {
                return name;
            }
            String domain = hosts.domain().map(it -> "." + it).orElse("");
            return name.map(it -> it.endsWith(domain) && it.length() > domain.length()
                    ? it.substring(0, it.length() - domain.length())
                    : it);
        } catch (NameServiceException failure) {
            throw NetdbErrors.toEai(failure);
        }
    }

    private String service(int port) {
        String name = has(NI_NUMERICSERV) ? null : services.name(port, has(NI_DGRAM) ? "udp" : "tcp");
        return name == null ? Integer.toString(port) : name;
    }
}
