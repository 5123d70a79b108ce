package io.github.pysockets.quota;

import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.stack.Epoll;
import io.github.pysockets.stack.EpollStack;
import io.github.pysockets.stack.ForwardingStack;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.Poller;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import java.util.Objects;

/**
 * A stack that limits another one as a {@link Quota} says. Several of them may share a quota. An endpoint that was not
 * opened here, such as a descriptor that the process had before, does not count as an open socket; its bytes count.
 */
public final class QuotaStack extends ForwardingStack {
    private final Quota quota;

    /**
     * @param delegate the stack that does the work
     * @param quota the limits, and what is used of them
     */
    public QuotaStack(SocketStack delegate, Quota quota) {
        super(delegate);
        this.quota = Objects.requireNonNull(quota, "quota");
    }

    @Override
    public Endpoint socket(int family, int type, int protocol) throws StackException {
        Slot taken = Slot.require(quota, new BufferClaim(quota));
        Endpoint made = null;
        try {
            made = delegate().socket(family, type, protocol);
        } finally {
            if (made == null) {
                taken.undo();
            }
        }
        return QuotaEndpoint.socket(made, quota, Kind.of(family, type), taken);
    }

    @Override
    public EndpointPair socketpair(int family, int type, int protocol) throws StackException {
        Slot first = Slot.require(quota, new BufferClaim(quota));
        Slot second = Slot.take(quota, new BufferClaim(quota));
        EndpointPair made = null;
        try {
            if (second == null) {
                throw new StackException(Slot.shortage(quota));
            }
            made = delegate().socketpair(family, type, protocol);
        } finally {
            if (made == null) {
                first.undo();
                if (second != null) {
                    second.undo();
                }
            }
        }
        Kind kind = Kind.of(family, type);
        return new EndpointPair(
                QuotaEndpoint.socket(made.first(), quota, kind, first),
                QuotaEndpoint.socket(made.second(), quota, kind, second));
    }

    @Override
    public Epoll epoll(Endpoint endpoint) {
        QuotaEndpoint own = QuotaEndpoint.of(endpoint, quota);
        Epoll below = delegate().ability(EpollStack.class).epoll(endpoint);
        EpollMembers known = own == null ? null : own.members();
        if (known == null) {
            return new QuotaEpoll(below, endpoint, new EpollMembers(quota, below));
        }
        known.use(below);
        return new QuotaEpoll(below, endpoint, known);
    }

    @Override
    protected Endpoint wrap(Endpoint endpoint) {
        return QuotaEndpoint.other(endpoint, quota);
    }

    @Override
    protected Poller wrap(Poller poller) {
        return new QuotaPoller(poller, quota);
    }

    @Override
    protected Epoll wrap(Epoll epoll) {
        EpollMembers members = new EpollMembers(quota, epoll);
        return new QuotaEpoll(epoll, QuotaEndpoint.set(epoll.endpoint(), quota, members), members);
    }

    @Override
    protected NameService wrap(NameService names) {
        return new QuotaNames(names, quota);
    }
}
