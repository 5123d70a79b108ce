package io.github.pysockets.stack;

import java.util.Map;
import java.util.Objects;

/**
 * A stack that passes every call on to another one: to be extended by a stack that counts, refuses or changes some of
 * them.
 *
 * <p>What the other stack makes goes through one of the {@code wrap} methods, whichever call it came from, and so do
 * endpoints for numbers: what accept, SCM_RIGHTS and F_DUPFD give are numbers, which the layer above turns into
 * endpoints by {@link #endpoint}. Whoever overrides {@link #wrap(Endpoint)} therefore sees every endpoint.
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
 *         return new ForwardingEndpoint(endpoint) {
 *             @Override
 *             public int send(byte[] from, int at, int count, int flags) {
 *                 int result = super.send(from, at, count, flags);
 *                 sent.add(Math.max(0, result));
 *                 return result;
 *             }
 *
 *             @Override
 *             protected Endpoint wrap(Endpoint duplicate) {
 *                 return Counting.this.wrap(duplicate);
 *             }
 *         };
 *     }
 * }
 * }</pre>
 */
public abstract class ForwardingStack implements SocketStack {
    private final SocketStack delegate;

    /** @param delegate the stack that does the work */
    protected ForwardingStack(SocketStack delegate) {
        this.delegate = Objects.requireNonNull(delegate, "delegate");
    }

    /** What the calls are passed on to. */
    protected final SocketStack delegate() {
        return delegate;
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
    public Endpoint endpoint(int descriptor) {
        return wrap(delegate.endpoint(descriptor));
    }

    @Override
    public Poller newPoller() throws StackException {
        return wrap(delegate.newPoller());
    }

    @Override
    public Epoll newEpoll(int flags) throws StackException {
        return wrap(delegate.newEpoll(flags));
    }

    @Override
    public Epoll epoll(int descriptor) {
        return wrap(delegate.epoll(descriptor));
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
    public String errorText(int errno) {
        return delegate.errorText(errno);
    }

    @Override
    public long controlLength(long dataLength) {
        return delegate.controlLength(dataLength);
    }

    @Override
    public long controlSpace(long dataLength) {
        return delegate.controlSpace(dataLength);
    }

    /** Called for every endpoint. The endpoint itself, unless overridden. */
    protected Endpoint wrap(Endpoint endpoint) {
        return endpoint;
    }

    /** Called for every poller. The poller itself, unless overridden. */
    protected Poller wrap(Poller poller) {
        return poller;
    }

    /** Called for every epoll set. One whose own endpoint is wrapped, unless overridden. */
    protected Epoll wrap(Epoll epoll) {
        return new ForwardingEpoll(epoll, wrap(epoll.endpoint()));
    }

    /** Called each time that the name service is asked for. The service itself, unless overridden. */
    protected NameService wrap(NameService names) {
        return names;
    }
}
