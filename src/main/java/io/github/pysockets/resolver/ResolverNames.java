package io.github.pysockets.resolver;

import static io.github.pysockets.abi.Netdb.AI_CANONNAME;
import static io.github.pysockets.abi.Netdb.AI_NUMERICHOST;
import static io.github.pysockets.abi.Netdb.EAI_ADDRFAMILY;
import static io.github.pysockets.abi.Netdb.EAI_FAIL;
import static io.github.pysockets.abi.Netdb.EAI_NODATA;
import static io.github.pysockets.abi.Netdb.EAI_NONAME;
import static io.github.pysockets.abi.Netdb.HOST_NOT_FOUND;
import static io.github.pysockets.abi.Netdb.NI_NAMEREQD;
import static io.github.pysockets.abi.Netdb.NI_NUMERICHOST;
import static io.github.pysockets.abi.Netdb.NO_RECOVERY;

import io.github.pysockets.abi.NumericHost;
import io.github.pysockets.stack.ForwardingNames;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.NameServiceException.Range;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Asks the application first. Families, types, services and flags are left to the other name service. */
final class ResolverNames extends ForwardingNames {
    private static final System.Logger LOGGER = System.getLogger("io.github.pysockets");

    private final NameResolver resolver;

    ResolverNames(NameService delegate, NameResolver resolver) {
        super(delegate);
        this.resolver = resolver;
    }

    /** {@inheritDoc} The application may take its time. */
    @Override
    public boolean answersAtOnce() {
        return false;
    }

    @Override
    public List<AddressInfo> getaddrinfo(byte[] host, byte[] service, int family, int type, int protocol, int flags)
            throws NameServiceException, StackException {
        boolean isHost = host != null && host.length > 0;
        if (isHost && NumericHost.parse(text(host)) != null) {
            // The system might take the text for a name that it has to ask others for, such as one after white space.
            return super.getaddrinfo(host, service, family, type, protocol, flags | AI_NUMERICHOST);
        }
        List<InetAddress> answer =
                isHost && (flags & AI_NUMERICHOST) == 0 ? answer(host, Range.EAI, EAI_FAIL) : null;
        if (answer == null) {
            return super.getaddrinfo(host, service, family, type, protocol, flags);
        }
        List<AddressInfo> found = new ArrayList<>();
        for (InetAddress address : answer) {
            byte[] numeric = address.getHostAddress().getBytes(StandardCharsets.US_ASCII);
            try {
                found.addAll(super.getaddrinfo(
                        numeric, service, family, type, protocol, (flags | AI_NUMERICHOST) & ~AI_CANONNAME));
            } catch (NameServiceException failure) {
                if (!isOfAnotherFamily(failure)) {
                    throw failure;
                }
            }
        }
        if (found.isEmpty()) {
            throw new NameServiceException(Range.EAI, EAI_NONAME);
        }
        if ((flags & AI_CANONNAME) != 0) {
            AddressInfo first = found.getFirst();
            found.set(0, new AddressInfo(first.family(), first.type(), first.protocol(), text(host), first.address()));
        }
        return found;
    }

    private static boolean isOfAnotherFamily(NameServiceException failure) {
        return failure.code() == EAI_ADDRFAMILY || failure.code() == EAI_NONAME || failure.code() == EAI_NODATA;
    }

    @Override
    public HostEntry gethostbyname(byte[] name) throws NameServiceException, StackException {
        // Other forms of addresses are names to gethostbyname(3), for which servers are asked.
        boolean isNumeric = NumericHost.parsePlain(text(name)) != null;
        List<InetAddress> answer = isNumeric ? null : answer(name, Range.H_ERRNO, NO_RECOVERY);
        if (answer == null) {
            return super.gethostbyname(name);
        }
        List<SocketAddress> found = answer.stream()
                .filter(Inet4Address.class::isInstance)
                .<SocketAddress>map(address -> new SockaddrIn(ByteBuffer.wrap(address.getAddress()).getInt(), 0))
                .toList();
        if (found.isEmpty()) {
            throw new NameServiceException(Range.H_ERRNO, HOST_NOT_FOUND);
        }
        return new HostEntry(text(name), List.of(), found);
    }

    @Override
    public HostEntry gethostbyaddr(SocketAddress address) throws NameServiceException, StackException {
        Optional<String> name = name(address, Range.H_ERRNO, NO_RECOVERY);
        if (name.isPresent()) {
            return new HostEntry(name.get(), List.of(), List.of(address));
        }
        if (!resolver.asksSystem()) {
            throw new NameServiceException(Range.H_ERRNO, HOST_NOT_FOUND);
        }
        return super.gethostbyaddr(address);
    }

    @Override
    public HostService getnameinfo(SocketAddress address, int flags) throws NameServiceException, StackException {
        Optional<String> name = (flags & NI_NUMERICHOST) == 0 ? name(address, Range.EAI, EAI_FAIL) : Optional.empty();
        if (name.isPresent()) {
            return new HostService(name.get(), super.getnameinfo(address, flags | NI_NUMERICHOST).service());
        }
        if (resolver.asksSystem() || !isInternet(address)) {
            return super.getnameinfo(address, flags);
        }
        if ((flags & NI_NAMEREQD) != 0) {
            throw new NameServiceException(Range.EAI, EAI_NONAME);
        }
        return super.getnameinfo(address, flags | NI_NUMERICHOST);
    }

    /** The application's answer; null where the question is left to the system. */
    private List<InetAddress> answer(byte[] host, Range range, int failure) throws NameServiceException {
        String name = text(host).toLowerCase(Locale.ROOT);
        try {
            Optional<List<InetAddress>> answer =
                    resolver.addresses(name.endsWith(".") ? name.substring(0, name.length() - 1) : name);
            return answer.orElse(resolver.asksSystem() ? null : List.of());
        } catch (UnknownHostException unknown) {
            return List.of();
        } catch (RuntimeException defect) {
            LOGGER.log(System.Logger.Level.WARNING, "the application's NameResolver failed", defect);
            throw new NameServiceException(range, failure);
        }
    }

    private Optional<String> name(SocketAddress address, Range range, int failure) throws NameServiceException {
        byte[] bytes = switch (address) {
            case SockaddrIn in -> ByteBuffer.allocate(Integer.BYTES).putInt(in.address()).array();
            case SockaddrIn6 in ->
                ByteBuffer.allocate(2 * Long.BYTES).putLong(in.high()).putLong(in.low()).array();
            default -> null;
        };
        try {
            return bytes == null ? Optional.empty() : resolver.name(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException | RuntimeException defect) {
            LOGGER.log(System.Logger.Level.WARNING, "the application's NameResolver failed", defect);
            throw new NameServiceException(range, failure);
        }
    }

    private static boolean isInternet(SocketAddress address) {
        return address instanceof SockaddrIn || address instanceof SockaddrIn6;
    }

    private static String text(byte[] host) {
        return new String(host, StandardCharsets.ISO_8859_1);
    }
}
