package io.github.pysockets.observe;

import io.github.pysockets.stack.Endpoint;
import io.github.pysockets.stack.EndpointPair;
import io.github.pysockets.stack.Epoll;
import io.github.pysockets.stack.ForwardingStack;
import io.github.pysockets.stack.NameService;
import io.github.pysockets.stack.SocketStack;
import io.github.pysockets.stack.StackException;
import java.util.Objects;

/**
 * A stack that counts what is done with the sockets of another one, records it as events of the JDK's Flight Recorder,
 * and tells a listener. It changes nothing. {@code PySockets} and {@code JythonSockets} put one around the stack of
 * each context, outside of all others, so that it sees what those refuse.
 *
 * <p>What counts is a socket, not a descriptor: a duplicate is one more descriptor of the same socket, which is closed
 * with the last of them. A socket that came with SCM_RIGHTS counts as another one. A descriptor of the process that the
 * other stack did not make counts from its first call on that only a socket has. Pipes, epoll sets and other files do
 * not count.
 *
 * <p>Bytes are those that calls returned: not what they only looked at (MSG_PEEK), nor what is below them, such as
 * headers, or what is sent again.
 */
public final class ObservedStack extends ForwardingStack {
    private final Observation observation;

    /** Observes without a listener, and with an empty label. */
    public ObservedStack(SocketStack stack) {
        this(stack, "", null);
    }

    /**
     * Observes a stack.
     *
     * @param label what each event says of the context that the stack is for
     * @param listener told of what happens; null for none
     */
    public ObservedStack(SocketStack stack, String label, SocketListener listener) {
        super(stack);
        observation = new Observation(stack, Objects.requireNonNull(label, "label"), listener);
    }

    /** What happened so far. Asks each open socket for its address; no script waits for that. */
    public SocketStatistics statistics() {
        return observation.statistics();
    }

    @Override
    public Endpoint socket(int family, int type, int protocol) throws StackException {
        Endpoint made;
        try {
            made = delegate().socket(family, type, protocol);
        } catch (StackException failure) {
            throw refused("socket", family, failure);
        }
        return observation.opened(made, family, type);
    }

    @Override
    public EndpointPair socketpair(int family, int type, int protocol) throws StackException {
        EndpointPair made;
        try {
            made = delegate().socketpair(family, type, protocol);
        } catch (StackException failure) {
            throw refused("socketpair", family, failure);
        }
        Endpoint first = null;
        Endpoint second = null;
        try {
            first = observation.opened(made.first(), family, type);
            second = observation.opened(made.second(), family, type);
            return new EndpointPair(first, second);
        } finally {
            if (first == null) {
                made.second().close();
            } else if (second == null) {
                first.close();
            }
        }
    }

    private StackException refused(String call, int family, StackException failure) {
        observation.refused(call, family, (String) null, failure.errno());
        return failure;
    }

    /** What other calls than those above make need not be a socket. */
    @Override
    protected Endpoint wrap(Endpoint endpoint) {
        return observation.unknown(endpoint);
    }

    @Override
    protected Epoll wrap(Epoll epoll) {
        return epoll;
    }

    @Override
    protected NameService wrap(NameService names) {
        return new ObservedNames(names, observation, delegate());
    }
}
