package io.github.pysockets.netdb;

import static io.github.pysockets.abi.AddressFamilies.AF_INET6;
import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_UNSPEC;
import static io.github.pysockets.abi.Netdb.AI_ADDRCONFIG;
import static io.github.pysockets.abi.Netdb.AI_ALL;
import static io.github.pysockets.abi.Netdb.AI_CANONNAME;
import static io.github.pysockets.abi.Netdb.AI_IDN;
import static io.github.pysockets.abi.Netdb.AI_MASK;
import static io.github.pysockets.abi.Netdb.AI_NUMERICHOST;
import static io.github.pysockets.abi.Netdb.AI_NUMERICSERV;
import static io.github.pysockets.abi.Netdb.AI_PASSIVE;
import static io.github.pysockets.abi.Netdb.AI_V4MAPPED;
import static io.github.pysockets.abi.Netdb.EAI_ADDRFAMILY;
import static io.github.pysockets.abi.Netdb.EAI_BADFLAGS;
import static io.github.pysockets.abi.Netdb.EAI_FAMILY;
import static io.github.pysockets.abi.Netdb.EAI_IDN_ENCODE;
import static io.github.pysockets.abi.Netdb.EAI_NODATA;
import static io.github.pysockets.abi.Netdb.EAI_NONAME;

import io.github.pysockets.abi.InetText;
import io.github.pysockets.netdb.HostDatabase.Host;
import io.github.pysockets.netdb.ServiceTuples.Tuple;
import io.github.pysockets.stack.NameService.AddressInfo;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One question to getaddrinfo(3). The order of the checks is glibc's. */
final class AddrinfoQuery {
    /** The name of any host and of any service. */
    private static final String ANY = "*";

    private final HostDatabase hosts;
    private final Interfaces interfaces;
    private final ServiceTable services;
    private final int type;
    private final int protocol;
    private final int flags;
    /** AI_ADDRCONFIG may narrow it down. */
    private int family;
    private String canonicalName;

    AddrinfoQuery(
            HostDatabase hosts, Interfaces interfaces, ServiceTable services, int family, int type, int protocol,
            int flags) {
        this.hosts = hosts;
        this.interfaces = interfaces;
        this.services = services;
        this.family = family;
        this.type = type;
        this.protocol = protocol;
        this.flags = flags;
    }

    /** Host and service are null for none. */
    List<AddressInfo> answer(String askedHost, String askedService) throws NameServiceException, StackException {
        String host = ANY.equals(askedHost) ? null : askedHost;
        String service = ANY.equals(askedService) ? null : askedService;
        if (host == null && service == null) {
            throw NetdbErrors.eai(EAI_NONAME);
        }
        if ((flags & ~AI_MASK) != 0 || has(AI_CANONNAME) && host == null) {
            throw NetdbErrors.eai(EAI_BADFLAGS);
        }
        if (has(AI_ADDRCONFIG)) {
            narrowFamily();
        }
        if (service != null && has(AI_NUMERICSERV) && !service.isEmpty() && ServiceTuples.number(service) == null) {
            throw NetdbErrors.eai(EAI_NONAME);
        }
        if (family != AF_UNSPEC && family != AF_INET && family != AF_INET6) {
            throw NetdbErrors.eai(EAI_FAMILY);
        }
        List<Tuple> tuples = new ServiceTuples(services, type, protocol)
                .find(service == null || service.isEmpty() ? null : service);
        List<SocketAddress> addresses = host == null ? thisHost() : addresses(host);
        if (addresses.size() > 1) {
            addresses = DestinationOrder.sort(addresses, interfaces.addresses());
        }
        return infos(addresses, tuples);
    }

    private boolean has(int flag) {
        return (flags & flag) != 0;
    }

    private boolean takes(int one) {
        return family == AF_UNSPEC || family == one;
    }

    /** AI_ADDRCONFIG: only families of which this host has an address beside its loopback address. */
    private void narrowFamily() throws NameServiceException, StackException {
        List<SocketAddress> own = interfaces.addresses();
        if (own.isEmpty()) {
            return;
        }
        boolean hasFour = own.stream().anyMatch(it -> it instanceof SockaddrIn && !it.equals(Inet.LOOPBACK));
        boolean hasSix = own.stream().anyMatch(it -> it instanceof SockaddrIn6 && !it.equals(Inet.LOOPBACK6));
        if (family == AF_UNSPEC && hasFour != hasSix) {
            family = hasFour ? AF_INET : AF_INET6;
        } else if (family == AF_INET && !hasFour || family == AF_INET6 && !hasSix) {
            throw NetdbErrors.eai(EAI_NONAME);
        }
    }

    private List<SocketAddress> thisHost() {
        boolean isPassive = has(AI_PASSIVE);
        List<SocketAddress> found = new ArrayList<>();
        if (takes(AF_INET6)) {
            found.add(isPassive ? Inet.ANY6 : Inet.LOOPBACK6);
        }
        if (takes(AF_INET)) {
            found.add(isPassive ? Inet.ANY : Inet.LOOPBACK);
        }
        return found;
    }

    private List<SocketAddress> addresses(String host) throws NameServiceException, StackException {
        if (has(AI_IDN) && !HostSyntax.isAscii(host)) {
            throw NetdbErrors.eai(EAI_IDN_ENCODE);
        }
        canonicalName = host;
        boolean isWord = host.chars().noneMatch(Character::isWhitespace);
        byte[] four = isWord ? InetText.parseAton(host) : null;
        if (four != null) {
            return List.of(ofFour((SockaddrIn) Inet.of(four, 0)));
        }
        int zone = host.indexOf('%');
        byte[] six = InetText.parse6(zone < 0 ? host : host.substring(0, zone));
        if (six != null) {
            SockaddrIn6 address = (SockaddrIn6) Inet.of(six, 0);
            return List.of(ofSix(address, zone < 0 ? null : host.substring(zone + 1)));
        }
        if (has(AI_NUMERICHOST) || !HostSyntax.isName(host)) {
            throw NetdbErrors.eai(EAI_NONAME);
        }
        return lookedUp(host);
    }

    private SocketAddress ofFour(SockaddrIn address) throws NameServiceException {
        if (takes(AF_INET)) {
            return address;
        }
        if (!has(AI_V4MAPPED)) {
            throw NetdbErrors.eai(EAI_ADDRFAMILY);
        }
        return Inet.mapped(address);
    }

    private SocketAddress ofSix(SockaddrIn6 address, String zone) throws NameServiceException, StackException {
        if (!takes(AF_INET6) && !Inet.isMapped(address)) {
            throw NetdbErrors.eai(EAI_ADDRFAMILY);
        }
        int scope = zone == null ? 0 : interfaces.scope(address, zone);
        return takes(AF_INET6)
                ? new SockaddrIn6(address.high(), address.low(), 0, 0, scope)
                : new SockaddrIn((int) address.low(), 0);
    }

    private List<SocketAddress> lookedUp(String name) throws NameServiceException {
        Host host;
        try {
            host = hosts.byName(name).orElseThrow(() -> NetdbErrors.eai(EAI_NONAME));
        } catch (NameServiceException failure) {
            throw NetdbErrors.toEai(failure);
        }
        canonicalName = host.name();
        List<SocketAddress> found = host.addresses().stream()
                .filter(it -> takes(it instanceof SockaddrIn ? AF_INET : AF_INET6))
                .toList();
        if (family == AF_INET6 && has(AI_V4MAPPED) && (found.isEmpty() || has(AI_ALL))) {
            Stream<SocketAddress> mapped = host.addresses().stream()
                    .filter(SockaddrIn.class::isInstance)
                    .map(it -> Inet.mapped((SockaddrIn) it));
            found = Stream.concat(found.stream(), mapped).toList();
        }
        if (found.isEmpty()) {
            throw NetdbErrors.eai(EAI_NODATA);
        }
        return found;
    }

    private List<AddressInfo> infos(List<SocketAddress> addresses, List<Tuple> tuples) {
        List<AddressInfo> infos = new ArrayList<>();
        for (SocketAddress address : addresses) {
            for (Tuple tuple : tuples) {
                infos.add(new AddressInfo(
                        address instanceof SockaddrIn ? AF_INET : AF_INET6, tuple.type(), tuple.protocol(),
                        has(AI_CANONNAME) && infos.isEmpty() ? canonicalName : null,
                        Inet.withPort(address, tuple.port())));
            }
        }
        return infos;
    }
}
