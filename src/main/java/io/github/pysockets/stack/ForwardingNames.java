package io.github.pysockets.stack;

import java.util.List;
import java.util.Objects;

/** A name service that forwards every call to another one: see {@link ForwardingStack}. */
public abstract class ForwardingNames implements NameService {
    private final NameService delegate;

    /** @param delegate the service that has the answers */
    protected ForwardingNames(NameService delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /** The service that calls are forwarded to. */
    protected final NameService delegate() {
        return delegate;
    }

    @Override
    public List<AddressInfo> getaddrinfo(byte[] host, byte[] service, int family, int type, int protocol, int flags)
            throws NameServiceException, StackException {
        return delegate.getaddrinfo(host, service, family, type, protocol, flags);
    }

    @Override
    public HostService getnameinfo(SocketAddress address, int flags) throws NameServiceException, StackException {
        return delegate.getnameinfo(address, flags);
    }

    @Override
    public HostEntry gethostbyname(byte[] name) throws NameServiceException, StackException {
        return delegate.gethostbyname(name);
    }

    @Override
    public HostEntry gethostbyaddr(SocketAddress address) throws NameServiceException, StackException {
        return delegate.gethostbyaddr(address);
    }

    @Override
    public int getservbyname(byte[] name, byte[] protocol) {
        return delegate.getservbyname(name, protocol);
    }

    @Override
    public String getservbyport(int port, byte[] protocol) {
        return delegate.getservbyport(port, protocol);
    }

    @Override
    public int getprotobyname(byte[] name) {
        return delegate.getprotobyname(name);
    }

    @Override
    public List<NetworkInterface> interfaces() throws StackException {
        return delegate.interfaces();
    }

    @Override
    public int interfaceIndex(byte[] name) {
        return delegate.interfaceIndex(name);
    }

    @Override
    public String interfaceName(long index) throws StackException {
        return delegate.interfaceName(index);
    }

    /** {@inheritDoc} A subclass whose own answers may take their time overrides this. */
    @Override
    public boolean answersAtOnce() {
        return delegate.answersAtOnce();
    }

    @Override
    public String errorText(NameServiceException.Range range, int code) {
        return delegate.errorText(range, code);
    }
}
