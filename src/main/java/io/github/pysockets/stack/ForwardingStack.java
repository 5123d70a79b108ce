package io.github.pysockets.stack;

import io.github.pysockets.abi.Errno;
import java.util.Map;
import java.util.Objects;

/**
 * A stack that forwards every call to another one. A subclass counts, refuses or changes some of them. It has the
 * abilities of the other one.
 *
 * <p>Everything that the other stack makes goes through one of the {@code wrap} methods, whichever call made it. So a
 * subclass that overrides {@link #wrap(Endpoint)}, and makes {@link ForwardingEndpoint}s there, sees every endpoint.
 *
 * <pre>{@code
 * final class Counting extends ForwardingStack {
 *     final LongAdder sent = new LongAdder();
 *
 *     Counting(SocketStack stack) {
 *         super(stack);
 *     }
 *
 *     @Override
 *     protected Endpoint wrap(Endpoint endpoint) {
 *         return new ForwardingEndpoint(endpoint, this::wrap) {
 *             @Override
 *             public int send(byte[] from, int at, int count, int flags) {
 *                 int result = super.send(from, at, count, flags);
 *                 sent.add(Math.max(0, result));
 *                 return result;
 *             }
 *         };
 *     }
 * }
 * }</pre>
 */
public abstract class ForwardingStack implements FileStack, EpollStack, ProcessStack, ServerNameStack, ClockStack {
    private final SocketStack delegate;

    /** @param delegate the stack that does the work */
    protected ForwardingStack(SocketStack delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /** The stack that calls are forwarded to. */
    protected final SocketStack delegate() {
        return delegate;
    }

    /**
     * This object for its own class and for an ability that the other one has; otherwise what the other one returns. So
     * a wrapper finds its own objects inside other wrappers.
     */
    @Override
    public <A> A ability(Class<A> type) {
        A offered = delegate.ability(type);
        boolean isOwn = offered != null || !type.isAssignableFrom(ForwardingStack.class);
        return isOwn && type.isInstance(this) ? type.cast(this) : offered;
    }

    @Override
    public String name() {
        return delegate.name();
    }

    @Override
    public Endpoint socket(int family, int type, int protocol) throws StackException {
        return wrap(delegate.socket(family, type, protocol));
    }

    @Override
    public EndpointPair socketpair(int family, int type, int protocol) throws StackException {
        EndpointPair pair = delegate.socketpair(family, type, protocol);
        return new EndpointPair(wrap(pair.first()), wrap(pair.second()));
    }

    @Override
    public Poller newPoller() throws StackException {
        return wrap(delegate.newPoller());
    }

    @Override
    public NameService names() {
        return wrap(delegate.names());
    }

    @Override
    public String hostName() throws StackException {
        return delegate.hostName();
    }

    @Override
    public void setHostName(byte[] name) throws StackException {
        delegate.setHostName(name);
    }

    @Override
    public Map<String, Long> constants() {
        return delegate.constants();
    }

    @Override
    public boolean offers(Class<? extends Endpoint> ability) {
        return delegate.offers(ability);
    }

    @Override
    public String errorText(int errno) {
        return delegate.errorText(errno);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the other stack has no descriptors; then this method must not be called
     */
    @Override
    public Endpoint endpoint(int descriptor) {
        return wrap(offered(DescriptorStack.class).endpoint(descriptor));
    }

    @Override
    public Epoll newEpoll(int flags) throws StackException {
        return wrap(delegate.require(EpollStack.class).newEpoll(flags));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the other stack has no epoll; then this method must not be called
     */
    @Override
    public Epoll epoll(Endpoint endpoint) {
        return new ForwardingEpoll(offered(EpollStack.class).epoll(endpoint), endpoint);
    }

    @Override
    public Endpoint newEventfd(long initial, int flags) throws StackException {
        return wrap(delegate.require(FileStack.class).newEventfd(initial, flags));
    }

    @Override
    public Endpoint newMemfd(byte[] name, int flags) throws StackException {
        return wrap(delegate.require(FileStack.class).newMemfd(name, flags));
    }

    @Override
    public EndpointPair newPipe(int flags) throws StackException {
        EndpointPair pair = delegate.require(FileStack.class).newPipe(flags);
        return new EndpointPair(wrap(pair.first()), wrap(pair.second()));
    }

    @Override
    public Endpoint newPidfd(int process, int flags) throws StackException {
        return wrap(delegate.require(FileStack.class).newPidfd(process, flags));
    }

    @Override
    public int call(ProcessCall call, long a, long b, long c, byte[] buffer) {
        ProcessStack processes = delegate.ability(ProcessStack.class);
        return processes == null ? -Errno.EOPNOTSUPP : processes.call(call, a, b, c, buffer);
    }

    @Override
    public int spawn(SpawnRequest request) {
        ProcessStack processes = delegate.ability(ProcessStack.class);
        return processes == null ? -Errno.EOPNOTSUPP : processes.spawn(request);
    }

    @Override
    public int execute(byte[] path, byte[] arguments, byte[] environment) {
        ProcessStack processes = delegate.ability(ProcessStack.class);
        return processes == null ? -Errno.EOPNOTSUPP : processes.execute(path, arguments, environment);
    }

    @Override
    public int checkServerName(Endpoint endpoint, String name) {
        ServerNameStack names = delegate.ability(ServerNameStack.class);
        return names == null ? 0 : names.checkServerName(endpoint, name);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the other stack has no clock of its own; then this method must not be called
     */
    @Override
    public StackClock clock() {
        return offered(ClockStack.class).clock();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the other stack has no clock of its own; then this method must not be called
     */
    @Override
    public Announcement announce() {
        return offered(ClockStack.class).announce();
    }

    private <A> A offered(Class<A> type) {
        A offered = delegate.ability(type);
        if (offered == null) {
            throw new IllegalStateException("ask for the ability " + type.getSimpleName() + " first");
        }
        return offered;
    }

    /** Called for every endpoint. Returns the endpoint itself, unless overridden. */
    protected Endpoint wrap(Endpoint endpoint) {
        return endpoint;
    }

    /** Called for every poller. Returns the poller itself, unless overridden. */
    protected Poller wrap(Poller poller) {
        return poller;
    }

    /** Called for every new epoll set. Returns one whose own endpoint is wrapped, unless overridden. */
    protected Epoll wrap(Epoll epoll) {
        return new ForwardingEpoll(epoll, wrap(epoll.endpoint()));
    }

    /** Called each time the name service is requested. Returns the service itself, unless overridden. */
    protected NameService wrap(NameService names) {
        return names;
    }
}
