package io.github.pysockets.netdb;

import static io.github.pysockets.abi.Netdb.EAI_SERVICE;
import static io.github.pysockets.abi.Netdb.EAI_SOCKTYPE;
import static io.github.pysockets.abi.Protocols.IPPROTO_DCCP;
import static io.github.pysockets.abi.Protocols.IPPROTO_SCTP;
import static io.github.pysockets.abi.Protocols.IPPROTO_TCP;
import static io.github.pysockets.abi.Protocols.IPPROTO_UDP;
import static io.github.pysockets.abi.Protocols.IPPROTO_UDPLITE;
import static io.github.pysockets.abi.SocketTypes.SOCK_DCCP;
import static io.github.pysockets.abi.SocketTypes.SOCK_DGRAM;
import static io.github.pysockets.abi.SocketTypes.SOCK_RAW;
import static io.github.pysockets.abi.SocketTypes.SOCK_SEQPACKET;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;

import io.github.pysockets.stack.NameServiceException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which types of sockets, protocols and ports getaddrinfo(3) answers with. Each address is answered with each. */
final class ServiceTuples {
    /** strtoul(3), base 10. */
    private static final Pattern NUMBER = Pattern.compile("[ \t\n\u000b\f\r]*([-+]?)([0-9]+)");

    private static final List<Transport> TRANSPORTS = List.of(
            new Transport(SOCK_STREAM, IPPROTO_TCP, "tcp", true),
            new Transport(SOCK_DGRAM, IPPROTO_UDP, "udp", true),
            new Transport(SOCK_DCCP, IPPROTO_DCCP, "dccp", false),
            new Transport(SOCK_DGRAM, IPPROTO_UDPLITE, "udplite", false),
            new Transport(SOCK_STREAM, IPPROTO_SCTP, "sctp", false),
            new Transport(SOCK_SEQPACKET, IPPROTO_SCTP, "sctp", false),
            new Transport(SOCK_RAW, 0, null, true));

    private final ServiceTable services;
    private final int type;
    private final int protocol;

    ServiceTuples(ServiceTable services, int type, int protocol) {
        this.services = services;
        this.type = type;
        this.protocol = protocol;
    }

    /** A type, a protocol and a port. */
    record Tuple(int type, int protocol, int port) {}

    /**
     * A kind of socket that there is.
     *
     * @param services the protocol in services(5); null for raw sockets, which have any protocol and no services
     * @param isDefault whether it is an answer where none is asked for
     */
    private record Transport(int type, int protocol, String services, boolean isDefault) {
        private boolean isRaw() {
            return services == null;
        }
    }

    /**
     * The number that a service is given by, as glibc reads it: it ends up in an int, of which the last 16 bits become
     * the port.
     *
     * @return null where it is given by name; so is one that ends up negative, which nobody has as a name
     */
    static Integer number(String service) {
        Matcher matcher = NUMBER.matcher(service);
        if (!matcher.matches()) {
            return null;
        }
        BigInteger digits = new BigInteger(matcher.group(2));
        if (digits.bitLength() > Long.SIZE) {
            return -1;
        }
        return (matcher.group(1).equals("-") ? digits.negate() : digits).intValue();
    }

    /** @param service null for none */
    List<Tuple> find(String service) throws NameServiceException {
        List<Transport> fitting = isOpen()
                ? TRANSPORTS
                : TRANSPORTS.stream().filter(this::fits).limit(1).toList();
        if (fitting.isEmpty()) {
            throw NetdbErrors.eai(type != 0 ? EAI_SOCKTYPE : EAI_SERVICE);
        }
        if (service != null && !isOpen() && fitting.getFirst().isRaw()) {
            throw NetdbErrors.eai(EAI_SERVICE);
        }
        Integer number = service == null ? Integer.valueOf(0) : number(service);
        return number == null || number < 0
                ? named(fitting, service)
                : numbered(fitting, number & 0xffff);
    }

    /** Whether any type and protocol will do. */
    private boolean isOpen() {
        return type == 0 && protocol == 0;
    }

    private boolean fits(Transport transport) {
        return (type == 0 || type == transport.type())
                && (protocol == 0 || transport.isRaw() || protocol == transport.protocol());
    }

    private List<Tuple> numbered(List<Transport> fitting, int port) {
        return fitting.stream()
                .filter(transport -> !isOpen() || transport.isDefault())
                .map(transport -> tuple(transport, port))
                .toList();
    }

    private List<Tuple> named(List<Transport> fitting, String service) throws NameServiceException {
        List<Tuple> found = new ArrayList<>();
        for (Transport transport : fitting) {
            int port = transport.isRaw() ? -1 : services.port(service, transport.services());
            if (port >= 0) {
                found.add(tuple(transport, port));
            }
        }
        if (found.isEmpty()) {
            throw NetdbErrors.eai(EAI_SERVICE);
        }
        return found;
    }

    private Tuple tuple(Transport transport, int port) {
        return new Tuple(transport.type(), transport.isRaw() ? protocol : transport.protocol(), port);
    }
}
