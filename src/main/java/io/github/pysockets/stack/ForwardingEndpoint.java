package io.github.pysockets.stack;

import java.util.Objects;

/** An endpoint that passes every call on to another one: see {@link ForwardingStack}. */
public abstract class ForwardingEndpoint implements Endpoint {
    private final Endpoint delegate;

    /** @param delegate the endpoint that does the work */
    protected ForwardingEndpoint(Endpoint delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /** What the calls are passed on to. */
    protected final Endpoint delegate() {
        return delegate;
    }

    @Override
    public int descriptor() {
        return delegate.descriptor();
    }

    @Override
    public void bind(SocketAddress local) throws StackException {
        delegate.bind(local);
    }

    @Override
    public void listen(int backlog) throws StackException {
        delegate.listen(backlog);
    }

    @Override
    public int connect(SocketAddress remote) {
        return delegate.connect(remote);
    }

    @Override
    public int accept(AddressHolder peer) {
        return delegate.accept(peer);
    }

    @Override
    public int send(byte[] from, int at, int count, int flags) {
        return delegate.send(from, at, count, flags);
    }

    @Override
    public int sendTo(byte[] from, int at, int count, int flags, SocketAddress to) {
        return delegate.sendTo(from, at, count, flags, to);
    }

    @Override
    public int recv(byte[] into, int at, int count, int flags) {
        return delegate.recv(into, at, count, flags);
    }

    @Override
    public int recvFrom(byte[] into, int at, int count, int flags, AddressHolder from) {
        return delegate.recvFrom(into, at, count, flags, from);
    }

    @Override
    public int sendMessage(OutgoingMessage message, int flags) {
        return delegate.sendMessage(message, flags);
    }

    @Override
    public int receiveMessage(IncomingMessage message, int flags) {
        return delegate.receiveMessage(message, flags);
    }

    @Override
    public long sendFile(int from, long offset, long count) {
        return delegate.sendFile(from, offset, count);
    }

    @Override
    public int read(byte[] into, int at, int count) {
        return delegate.read(into, at, count);
    }

    @Override
    public int write(byte[] from, int at, int count) {
        return delegate.write(from, at, count);
    }

    @Override
    public int getOption(int level, int name, byte[] value) throws StackException {
        return delegate.getOption(level, name, value);
    }

    @Override
    public int getOption(int level, int name) throws StackException {
        return delegate.getOption(level, name);
    }

    @Override
    public void setOption(int level, int name, byte[] value) throws StackException {
        delegate.setOption(level, name, value);
    }

    @Override
    public void setOption(int level, int name, int value) throws StackException {
        delegate.setOption(level, name, value);
    }

    @Override
    public void setOptionLength(int level, int name, int length) throws StackException {
        delegate.setOptionLength(level, name, length);
    }

    @Override
    public void shutdown(int how) throws StackException {
        delegate.shutdown(how);
    }

    @Override
    public SocketAddress localAddress() throws StackException {
        return delegate.localAddress();
    }

    @Override
    public SocketAddress peerAddress() throws StackException {
        return delegate.peerAddress();
    }

    @Override
    public void setNonBlocking(boolean on) throws StackException {
        delegate.setNonBlocking(on);
    }

    @Override
    public boolean isNonBlocking() throws StackException {
        return delegate.isNonBlocking();
    }

    @Override
    public boolean isInheritable() throws StackException {
        return delegate.isInheritable();
    }

    @Override
    public void setInheritable(boolean on) throws StackException {
        delegate.setInheritable(on);
    }

    @Override
    public int fcntl(int command, long argument) throws StackException {
        return delegate.fcntl(command, argument);
    }

    @Override
    public int fcntl(int command, byte[] argument) throws StackException {
        return delegate.fcntl(command, argument);
    }

    @Override
    public int ioctl(long request, long argument) throws StackException {
        return delegate.ioctl(request, argument);
    }

    @Override
    public int ioctl(long request, byte[] argument) throws StackException {
        return delegate.ioctl(request, argument);
    }

    @Override
    public DescriptorStatus status() throws StackException {
        return delegate.status();
    }

    @Override
    public Endpoint duplicate() throws StackException {
        return wrap(delegate.duplicate());
    }

    @Override
    public void close() throws StackException {
        delegate.close();
    }

    /** Called for what {@link #duplicate} makes; mostly what the stack's own {@code wrap} does. */
    protected abstract Endpoint wrap(Endpoint duplicate);

    @Override
    public String toString() {
        return delegate.toString();
    }
}
