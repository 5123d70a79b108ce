package io.github.pysockets.policy;

import static io.github.pysockets.abi.Netdb.AI_NUMERICHOST;
import static io.github.pysockets.abi.Netdb.NI_NUMERICHOST;

import io.github.pysockets.stack.ForwardingNames;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A name service that a policy allows to be asked about some hosts, and that remembers the answers. */
final class PolicyNames extends ForwardingNames {
    private final Referee referee;

    PolicyNames(NameService delegate, Referee referee) {
        super(delegate);
        this.referee = referee;
    }

    @Override
    public List<AddressInfo> getaddrinfo(byte[] host, byte[] service, int family, int type, int protocol, int flags)
            throws NameServiceException, StackException {
        if (host == null || host.length == 0) {
            return super.getaddrinfo(host, service, family, type, protocol, flags);
        }
        String text = text(host);
        if (IpAddress.parse(text) != null) {
            // So no server is asked, whatever the service takes the text for.
            return super.getaddrinfo(host, service, family, type, protocol, flags | AI_NUMERICHOST);
        }
        String name = HostName.ofBytes(text);
        if ((flags & AI_NUMERICHOST) == 0) {
            Referee.require(referee.lookup(name, text));
        }
        List<AddressInfo> answers = super.getaddrinfo(host, service, family, type, protocol, flags);
        referee.answered(name, answers.stream().map(AddressInfo::address).toList());
        return answers;
    }

    @Override
    public HostEntry gethostbyname(byte[] host) throws NameServiceException, StackException {
        String text = text(host);
        // Other forms of addresses are names to gethostbyname(3), for which servers are asked.
        if (IpAddress.parsePlain(text) != null) {
            return super.gethostbyname(host);
        }
        String name = HostName.ofBytes(text);
        Referee.require(referee.lookup(name, text));
        HostEntry answer = super.gethostbyname(host);
        referee.answered(name, answer.addresses());
        return answer;
    }

    @Override
    public HostEntry gethostbyaddr(SocketAddress address) throws NameServiceException, StackException {
        Referee.require(referee.reverse(address));
        return super.gethostbyaddr(address);
    }

    @Override
    public HostService getnameinfo(SocketAddress address, int flags) throws NameServiceException, StackException {
        if ((flags & NI_NUMERICHOST) == 0) {
            Referee.require(referee.reverse(address));
        }
        return super.getnameinfo(address, flags);
    }

    /** Bytes that are no ASCII stay what no rule's name contains. */
    private static String text(byte[] host) {
        return new String(host, StandardCharsets.ISO_8859_1);
    }
}
