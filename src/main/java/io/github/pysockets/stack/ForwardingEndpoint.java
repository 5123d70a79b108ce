package io.github.pysockets.stack;

import io.github.pysockets.abi.Errno;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * An endpoint that forwards every call to another one: see {@link ForwardingStack}. It has the abilities of that one.
 * It wraps the endpoints that calls make (connections, duplicates, passed descriptors).
 */
public class ForwardingEndpoint
        implements MessageEndpoint, SeekableEndpoint, DescriptorEndpoint, ControlEndpoint, PacedEndpoint {
    private final Endpoint delegate;
    private final UnaryOperator<Endpoint> wrap;

    /**
     * @param delegate the endpoint that does the work
     * @param wrap wraps the endpoints that calls make; usually {@code stack::wrap}
     */
    public ForwardingEndpoint(Endpoint delegate, UnaryOperator<Endpoint> wrap) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
        this.wrap = Objects.requireNonNull(wrap, "wrap");
    }

    /** The endpoint that calls are forwarded to. */
    protected final Endpoint delegate() {
        return delegate;
    }

    /**
     * This object for its own class and for an ability that the other one has; otherwise what the other one returns. So
     * a wrapper finds its own objects inside other wrappers.
     */
    @Override
    public <A> A ability(Class<A> type) {
        A offered = delegate.ability(type);
        boolean isOwn = offered != null || !type.isAssignableFrom(ForwardingEndpoint.class);
        return isOwn && type.isInstance(this) ? type.cast(this) : offered;
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
    public int accept(AcceptedHolder accepted) {
        int result = delegate.accept(accepted);
        if (result >= 0) {
            accepted.set(wrap.apply(accepted.endpoint()), accepted.peer());
        }
        return result;
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
    public void close() throws StackException {
        delegate.close();
    }

    // MessageEndpoint

    @Override
    public int sendMessage(OutgoingMessage message, int flags) {
        MessageEndpoint messages = delegate.ability(MessageEndpoint.class);
        return messages == null ? -Errno.EOPNOTSUPP : messages.sendMessage(message, flags);
    }

    @Override
    public int receiveMessage(IncomingMessage message, int flags) {
        MessageEndpoint messages = delegate.ability(MessageEndpoint.class);
        if (messages == null) {
            return -Errno.EOPNOTSUPP;
        }
        int result = messages.receiveMessage(message, flags);
        if (result >= 0 && !message.control().isEmpty()) {
            message.set(message.flags(), wrapped(message.control()), message.controlDamaged(), message.from());
        }
        return result;
    }

    private List<ControlMessage> wrapped(List<ControlMessage> control) {
        return control.stream()
                .map(item -> item.endpoints().isEmpty()
                        ? item
                        : new ControlMessage(item.level(), item.type(), item.data(),
                                item.endpoints().stream().map(wrap).toList()))
                .toList();
    }

    // FileEndpoint

    @Override
    public int read(byte[] into, int at, int count) {
        FileEndpoint file = delegate.ability(FileEndpoint.class);
        return file == null ? -Errno.EOPNOTSUPP : file.read(into, at, count);
    }

    @Override
    public int write(byte[] from, int at, int count) {
        FileEndpoint file = delegate.ability(FileEndpoint.class);
        return file == null ? -Errno.EOPNOTSUPP : file.write(from, at, count);
    }

    @Override
    public long sendFile(Endpoint from, long offset, long count) {
        FileEndpoint file = delegate.ability(FileEndpoint.class);
        return file == null ? -Errno.EOPNOTSUPP : file.sendFile(from, offset, count);
    }

    @Override
    public long splice(long offset, Endpoint to, long toOffset, long count, int flags) {
        FileEndpoint file = delegate.ability(FileEndpoint.class);
        return file == null ? -Errno.EOPNOTSUPP : file.splice(offset, to, toOffset, count, flags);
    }

    // SeekableEndpoint

    @Override
    public int pread(byte[] into, int at, int count, long position, int flags) {
        SeekableEndpoint file = delegate.ability(SeekableEndpoint.class);
        return file == null ? -Errno.EOPNOTSUPP : file.pread(into, at, count, position, flags);
    }

    @Override
    public int pwrite(byte[] from, int at, int count, long position, int flags) {
        SeekableEndpoint file = delegate.ability(SeekableEndpoint.class);
        return file == null ? -Errno.EOPNOTSUPP : file.pwrite(from, at, count, position, flags);
    }

    @Override
    public long copyRange(long position, Endpoint to, long toPosition, long count) {
        SeekableEndpoint file = delegate.ability(SeekableEndpoint.class);
        return file == null ? -Errno.EOPNOTSUPP : file.copyRange(position, to, toPosition, count);
    }

    @Override
    public int allocate(long position, long count) {
        SeekableEndpoint file = delegate.ability(SeekableEndpoint.class);
        return file == null ? -Errno.EOPNOTSUPP : file.allocate(position, count);
    }

    @Override
    public int advise(long position, long count, int advice) {
        SeekableEndpoint file = delegate.ability(SeekableEndpoint.class);
        return file == null ? -Errno.EOPNOTSUPP : file.advise(position, count, advice);
    }

    @Override
    public int syncData() {
        SeekableEndpoint file = delegate.ability(SeekableEndpoint.class);
        return file == null ? -Errno.EOPNOTSUPP : file.syncData();
    }

    // DescriptorEndpoint

    private DescriptorEndpoint asDescriptor() throws StackException {
        return delegate.require(DescriptorEndpoint.class);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the other endpoint is not a descriptor; then this method must not be called
     */
    @Override
    public int descriptor() {
        try {
            return asDescriptor().descriptor();
        } catch (StackException noDescriptor) {
            throw new IllegalStateException("ask for the ability DescriptorEndpoint first", noDescriptor);
        }
    }

    @Override
    public void publish() throws StackException {
        asDescriptor().publish();
    }

    @Override
    public FileIdentity identity() throws StackException {
        return asDescriptor().identity();
    }

    @Override
    public DescriptorStatus status() throws StackException {
        return asDescriptor().status();
    }

    @Override
    public boolean isInheritable() throws StackException {
        return asDescriptor().isInheritable();
    }

    @Override
    public void setInheritable(boolean on) throws StackException {
        asDescriptor().setInheritable(on);
    }

    @Override
    public Endpoint duplicate(int lowest, boolean inheritable) throws StackException {
        return wrap.apply(asDescriptor().duplicate(lowest, inheritable));
    }

    @Override
    public Endpoint getDescriptorOption(int level, int name) throws StackException {
        return wrap.apply(asDescriptor().getDescriptorOption(level, name));
    }

    // ControlEndpoint

    @Override
    public int fcntl(int command, long argument) throws StackException {
        return delegate.require(ControlEndpoint.class).fcntl(command, argument);
    }

    @Override
    public int fcntl(int command, byte[] argument) throws StackException {
        return delegate.require(ControlEndpoint.class).fcntl(command, argument);
    }

    @Override
    public int ioctl(long request, long argument) throws StackException {
        return delegate.require(ControlEndpoint.class).ioctl(request, argument);
    }

    @Override
    public int ioctl(long request, byte[] argument) throws StackException {
        return delegate.require(ControlEndpoint.class).ioctl(request, argument);
    }

    // PacedEndpoint

    @Override
    public long heldBack() {
        PacedEndpoint paced = delegate.ability(PacedEndpoint.class);
        return paced == null ? 0 : paced.heldBack();
    }
}
