package io.github.pysockets.faults;

import io.github.pysockets.stack.ForwardingNames;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.NameServiceException;
import io.github.pysockets.stack.SocketAddress;
import io.github.pysockets.stack.StackException;
import java.util.List;

/** A name service in which planned questions stay without an answer. */
final class FaultyNames extends ForwardingNames {
    private final Faults faults;

    FaultyNames(NameService delegate, Faults faults) {
        super(delegate);
        this.faults = faults;
    }

    private void before(String call) throws NameServiceException, StackException {
        switch (faults.next(call)) {
            case Fault.Unanswered unanswered -> throw new NameServiceException(unanswered.range(), unanswered.code());
            case Fault.Fails fails -> throw new StackException(fails.errno());
            case null, default -> {
                return;
            }
        }
    }

    @Override
    public List<AddressInfo> getaddrinfo(byte[] host, byte[] service, int family, int type, int protocol, int flags)
            throws NameServiceException, StackException {
        before("getaddrinfo");
        return super.getaddrinfo(host, service, family, type, protocol, flags);
    }

    @Override
    public HostService getnameinfo(SocketAddress address, int flags) throws NameServiceException, StackException {
        before("getnameinfo");
        return super.getnameinfo(address, flags);
    }

    @Override
    public HostEntry gethostbyname(byte[] name) throws NameServiceException, StackException {
        before("gethostbyname");
        return super.gethostbyname(name);
    }

    @Override
    public HostEntry gethostbyaddr(SocketAddress address) throws NameServiceException, StackException {
        before("gethostbyaddr");
        return super.gethostbyaddr(address);
    }

    @Override
    public List<NetworkInterface> interfaces() throws StackException {
        FaultyEndpoint.fail(faults.next("interfaces"));
        return super.interfaces();
    }

    @Override
    public String interfaceName(long index) throws StackException {
        FaultyEndpoint.fail(faults.next("interfaceName"));
        return super.interfaceName(index);
    }
}
