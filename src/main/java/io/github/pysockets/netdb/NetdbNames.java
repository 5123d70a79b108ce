package io.github.pysockets.netdb;

import static io.github.pysockets.abi.Errno.EAFNOSUPPORT;
import static io.github.pysockets.abi.Errno.ENXIO;
import static io.github.pysockets.abi.Netdb.EAI_NONAME;
import static io.github.pysockets.abi.Netdb.EAI_SERVICE;
import static io.github.pysockets.abi.Netdb.HOST_NOT_FOUND;
import static io.github.pysockets.abi.Netdb.NO_DATA;
import static io.github.pysockets.abi.Netdb.NO_RECOVERY;

import io.github.pysockets.abi.NumericHost;
import io.github.pysockets.netdb.HostDatabase.Host;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.NameServiceException.Range;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.util.List;
import java.util.Objects;

/**
 * A name service in Java that behaves as glibc's: netdb.h and net/if.h. Numeric hosts, services, protocols, flags and
 * their checks are its own. Only names and addresses of hosts are looked up elsewhere, in a {@link HostDatabase}.
 *
 * <p>What differs from glibc: AI_IDN converts no names, addresses of AF_UNIX have no names, and text that cannot be a
 * name is looked up nowhere. A host that is known but has no address of the family is EAI_NODATA or NO_DATA, as from
 * DNS.
 */
public final class NetdbNames implements NameService {
    private final HostDatabase hosts;
    private final Interfaces interfaces;
    private final ServiceTable services;
    private final ProtocolTable protocols;

    NetdbNames(HostDatabase hosts, HostInterfaces interfaces, ServiceTable services, ProtocolTable protocols) {
        this.hosts = Objects.requireNonNull(hosts, "hosts");
        this.interfaces = new Interfaces(interfaces);
        this.services = services;
        this.protocols = protocols;
    }

    /**
     * The names that the platform knows, by {@code java.net} and by its files of services and protocols. Names and
     * addresses are cached as {@code InetAddress} does.
     */
    public static NetdbNames ofPlatform() {
        return new NetdbNames(
                new JavaHosts(), new JavaInterfaces(), ServiceTable.ofPlatform(), ProtocolTable.ofPlatform());
    }

    /** Names of a network that has its own, with well-known services and protocols, the same on each platform. */
    public static NetdbNames of(HostDatabase hosts, HostInterfaces interfaces) {
        return new NetdbNames(hosts, interfaces, ServiceTable.builtIn(), ProtocolTable.builtIn());
    }

    @Override
    public List<AddressInfo> getaddrinfo(byte[] host, byte[] service, int family, int type, int protocol, int flags)
            throws NameServiceException, StackException {
        if (HostSyntax.isTooLong(service)) {
            throw NetdbErrors.eai(EAI_SERVICE);
        }
        if (HostSyntax.isTooLong(host) || HostSyntax.hasZero(host) || HostSyntax.hasZero(service)) {
            throw NetdbErrors.eai(EAI_NONAME);
        }
        return new AddrinfoQuery(hosts, interfaces, services, family, type, protocol, flags)
                .answer(HostSyntax.text(host), HostSyntax.text(service));
    }

    @Override
    public HostService getnameinfo(SocketAddress address, int flags) throws NameServiceException, StackException {
        return new NameinfoQuery(hosts, interfaces, services, flags).answer(address);
    }

    @Override
    public HostEntry gethostbyname(byte[] name) throws NameServiceException {
        String text = HostSyntax.text(name);
        if (text.isEmpty()) {
            throw NetdbErrors.hostError(NO_RECOVERY);
        }
        if (HostSyntax.isTooLong(name) || HostSyntax.hasZero(name)) {
            throw NetdbErrors.hostError(HOST_NOT_FOUND);
        }
        byte[] numeric = NumericHost.parsePlain(text);
        if (numeric != null && numeric.length == Integer.BYTES) {
            return new HostEntry(text, List.of(), List.of(Inet.of(numeric, 0)));
        }
        // Other forms of addresses are names to gethostbyname(3), and nobody's.
        if (NumericHost.parse(text) != null || HostSyntax.isDottedDigits(text) || !HostSyntax.isName(text)) {
            throw NetdbErrors.hostError(HOST_NOT_FOUND);
        }
        Host host = hosts.byName(text).orElseThrow(() -> NetdbErrors.hostError(HOST_NOT_FOUND));
        List<SocketAddress> addresses = host.addresses().stream()
                .filter(SockaddrIn.class::isInstance)
                .map(it -> Inet.withPort(it, 0))
                .toList();
        if (addresses.isEmpty()) {
            throw NetdbErrors.hostError(NO_DATA);
        }
        return new HostEntry(host.name(), host.aliases(), addresses);
    }

    @Override
    public HostEntry gethostbyaddr(SocketAddress address) throws NameServiceException, StackException {
        SocketAddress bare = switch (address) {
            case SockaddrIn in -> new SockaddrIn(in.address(), 0);
            case SockaddrIn6 in6 -> new SockaddrIn6(in6.high(), in6.low(), 0, 0, 0);
            default -> throw new StackException(EAFNOSUPPORT);
        };
        Host host = ReverseLookup.ask(hosts, address).orElseThrow(() -> NetdbErrors.hostError(HOST_NOT_FOUND));
        return new HostEntry(host.name(), host.aliases(), List.of(bare));
    }

    @Override
    public int getservbyname(byte[] name, byte[] protocol) {
        return services.port(HostSyntax.text(name), HostSyntax.text(protocol));
    }

    @Override
    public String getservbyport(int port, byte[] protocol) {
        return services.name(port & 0xffff, HostSyntax.text(protocol));
    }

    @Override
    public int getprotobyname(byte[] name) {
        return protocols.number(HostSyntax.text(name));
    }

    @Override
    public List<NetworkInterface> interfaces() throws StackException {
        return interfaces.list();
    }

    @Override
    public int interfaceIndex(byte[] name) {
        try {
            return interfaces.index(HostSyntax.text(name));
        } catch (StackException _) {
            // if_nametoindex(3) has one answer for an unknown interface and for a failure.
            return 0;
        }
    }

    @Override
    public String interfaceName(long index) throws StackException {
        String name = interfaces.name(index);
        if (name == null) {
            throw new StackException(ENXIO);
        }
        return name;
    }

    @Override
    public String errorText(Range range, int code) {
        return NetdbErrors.text(range, code);
    }
}
