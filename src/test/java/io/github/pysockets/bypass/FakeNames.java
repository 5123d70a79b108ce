package io.github.pysockets.bypass;

import static io.github.pysockets.abi.AddressFamilies.AF_INET6;
import static io.github.pysockets.abi.AddressFamilies.AF_INET;
import static io.github.pysockets.abi.AddressFamilies.AF_UNSPEC;
import static io.github.pysockets.abi.Netdb.AI_NUMERICHOST;
import static io.github.pysockets.abi.Netdb.HOST_NOT_FOUND;
import static io.github.pysockets.abi.Netdb.NI_NUMERICHOST;
import static io.github.pysockets.abi.SocketTypes.SOCK_STREAM;

import io.github.pysockets.abi.InetText;
import io.github.pysockets.stack.ForwardingNames;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.SockaddrIn6;
import io.github.pysockets.stack.SockaddrIn;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A name service with made-up names. It asks nobody, and writes down what it was asked for. */
final class FakeNames extends ForwardingNames {
    private static final int EAI_NONAME = -2;
    private static final int NI_NAMEREQD = 8;
    /** The canonical name of every host. */
    private static final String CANONICAL = "canonical.test";

    private final Evidence evidence;
    /** The answers that are left for a name; the last one stays. */
    private final Map<String, Deque<List<SocketAddress>>> answers = new ConcurrentHashMap<>();

    FakeNames(NameService numeric, Evidence evidence) {
        super(numeric);
        this.evidence = evidence;
    }

    /** @param line as {@link Attack} says */
    void add(String line) {
        String[] sides = line.split(" = ");
        Deque<List<SocketAddress>> left = new ArrayDeque<>();
        for (String answer : sides[1].split("; ")) {
            left.add(Arrays.stream(answer.split(", ")).map(FakeNames::address).toList());
        }
        answers.put(sides[0], left);
    }

    private static SocketAddress address(String text) {
        byte[] four = InetText.parse4(text);
        if (four != null) {
            return new SockaddrIn(ByteBuffer.wrap(four).getInt(), 0);
        }
        ByteBuffer six = ByteBuffer.wrap(InetText.parse6(text));
        return new SockaddrIn6(six.getLong(), six.getLong(), 0, 0, 0);
    }

    private List<SocketAddress> answer(byte[] host) {
        String name = new String(host, StandardCharsets.ISO_8859_1);
        evidence.add("asked " + name);
        Deque<List<SocketAddress>> left = answers.get(name);
        if (left == null) {
            return List.of();
        }
        synchronized (left) {
            return left.size() > 1 ? left.removeFirst() : left.getFirst();
        }
    }

    @Override
    public List<AddressInfo> getaddrinfo(byte[] host, byte[] service, int family, int type, int protocol, int flags)
            throws NameServiceException, StackException {
        if (host == null || (flags & AI_NUMERICHOST) != 0) {
            return super.getaddrinfo(host, service, family, type, protocol, flags);
        }
        int port = service == null ? 0 : Integer.parseInt(new String(service, StandardCharsets.ISO_8859_1));
        List<AddressInfo> found = new ArrayList<>();
        for (SocketAddress address : answer(host)) {
            SocketAddress whole = switch (address) {
                case SockaddrIn in when family == AF_INET || family == AF_UNSPEC ->
                    new SockaddrIn(in.address(), port);
                case SockaddrIn6 in when family == AF_INET6 || family == AF_UNSPEC ->
                    new SockaddrIn6(in.high(), in.low(), port, 0, 0);
                default -> null;
            };
            if (whole != null) {
                found.add(new AddressInfo(whole instanceof SockaddrIn ? AF_INET : AF_INET6,
                        type == 0 ? SOCK_STREAM : type, protocol, CANONICAL, whole));
            }
        }
        if (found.isEmpty()) {
            throw new NameServiceException(NameServiceException.Range.EAI, EAI_NONAME);
        }
        return found;
    }

    @Override
    public HostEntry gethostbyname(byte[] name) throws NameServiceException {
        List<SocketAddress> found = answer(name).stream().filter(SockaddrIn.class::isInstance).toList();
        if (found.isEmpty()) {
            throw new NameServiceException(NameServiceException.Range.H_ERRNO, HOST_NOT_FOUND);
        }
        return new HostEntry(CANONICAL, List.of("alias.test"), found);
    }

    private String reverse(SocketAddress address) {
        String text = WatchedStack.text(address);
        evidence.add("asked about " + text);
        return "host-of-" + text.replace('.', '-').replace(':', '-') + ".test";
    }

    @Override
    public HostEntry gethostbyaddr(SocketAddress address) {
        return new HostEntry(reverse(address), List.of(), List.of(address));
    }

    @Override
    public HostService getnameinfo(SocketAddress address, int flags) throws NameServiceException, StackException {
        HostService numeric = super.getnameinfo(address, flags & ~NI_NAMEREQD | NI_NUMERICHOST);
        return (flags & NI_NUMERICHOST) != 0 ? numeric : new HostService(reverse(address), numeric.service());
    }
}
