package io.github.pysockets.faults;

import io.github.pysockets.stack.DescriptorEndpoint;
import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.stack.Epoll;
import io.github.pysockets.stack.ForwardingEpoll;
import io.github.pysockets.stack.ForwardingStack;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.Poller;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;

/** A stack in which planned calls go wrong, and every descriptor and poller is counted. */
public final class FaultyStack extends ForwardingStack {
    private final Faults faults;

    public FaultyStack(SocketStack delegate, Faults faults) {
        super(delegate);
        this.faults = faults;
    }

    /** Fails if that is what is to become of the call. */
    private void before(String call) throws StackException {
        FaultyEndpoint.fail(faults.next(call));
    }

    @Override
    public Endpoint socket(int family, int type, int protocol) throws StackException {
        before("socket");
        return opened(super.socket(family, type, protocol));
    }

    @Override
    public EndpointPair socketpair(int family, int type, int protocol) throws StackException {
        before("socketpair");
        EndpointPair pair = super.socketpair(family, type, protocol);
        opened(pair.first());
        opened(pair.second());
        return pair;
    }

    @Override
    public Epoll newEpoll(int flags) throws StackException {
        before("newEpoll");
        Epoll made = super.newEpoll(flags);
        opened(made.endpoint());
        return made;
    }

    private Endpoint opened(Endpoint made) {
        faults.opened(number(made));
        return made;
    }

    private static int number(Endpoint endpoint) {
        return endpoint.ability(DescriptorEndpoint.class).descriptor();
    }

    @Override
    public Poller newPoller() throws StackException {
        before("newPoller");
        return super.newPoller();
    }

    @Override
    protected Endpoint wrap(Endpoint endpoint) {
        return new FaultyEndpoint(endpoint, faults);
    }

    @Override
    protected Poller wrap(Poller poller) {
        faults.pollerOpened();
        return new FaultyPoller(poller, faults);
    }

    @Override
    protected Epoll wrap(Epoll epoll) {
        Endpoint own = wrap(epoll.endpoint());
        int number = number(own);
        return new ForwardingEpoll(epoll, own) {
            @Override
            public int control(int operation, Endpoint target, int events, int data) {
                faults.uses("epoll_ctl", number);
                faults.uses("epoll_ctl", number(target));
                return faults.next("control") instanceof Fault.Fails fails
                        ? -fails.errno()
                        : super.control(operation, target, events, data);
            }

            @Override
            public int ready(int[] data, int[] events, int most) {
                faults.uses("epoll_wait", number);
                return switch (faults.next("ready")) {
                    case Fault.Fails fails -> -fails.errno();
                    case Fault.NotYet _ -> 0;
                    case null, default -> super.ready(data, events, most);
                };
            }
        };
    }

    @Override
    protected NameService wrap(NameService names) {
        return new FaultyNames(names, faults);
    }

    @Override
    public String hostName() throws StackException {
        before("hostName");
        return super.hostName();
    }
}
