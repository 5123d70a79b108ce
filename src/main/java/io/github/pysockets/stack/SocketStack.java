package io.github.pysockets.stack;

import java.util.Map;

/**
 * A BSD socket layer: the root of everything that PySockets does.
 *
 * <h2>Who calls whom</h2>
 *
 * <pre>
 *   Python script, standard library socket.py
 *        | thin module _socket: argument types, exceptions
 *   graalpy   what crosses between Java and the interpreter: one host call for one socket call
 *        |
 *   python    modes (blocking, timeout, non-blocking), waiting, addresses, descriptor numbers
 *        |
 *   stack     this contract; a stack may wrap another one: {@link ForwardingStack}
 *        |
 *   linux     libc
 * </pre>
 *
 * <h2>Nothing here waits</h2>
 *
 * <p>No call on an {@link Endpoint} blocks, whatever the mode of the socket. A call that would have to wait returns
 * {@code -EAGAIN} ({@code -EINPROGRESS} for a connection that is under way). Only {@link Poller#poll} waits, and
 * {@link Poller#wake} ends it from any thread. The layer above makes blocking calls and timeouts of these two, in one
 * place.
 *
 * <h2>Numbers and errors</h2>
 *
 * <p>All numbers are Linux's, those of package {@code abi}, on every stack: families, options, flags, events, errnos. A
 * stack on another system translates them. An errno is an int, because the set is open. The calls that a waiting loop
 * repeats (connect, accept, send, receive) return the negated errno, because "not yet" is an ordinary answer that must
 * cost nothing. All other calls throw {@link StackException}. Name services fail with numbers of other ranges (EAI
 * codes, h_errno): {@link NameServiceException} says which. What a stack has to say beyond an errno, it leaves in
 * {@link FailureText}.
 *
 * <h2>Abilities</h2>
 *
 * <p>What only some stacks have is an interface of its own: {@link DescriptorStack} and {@link EpollStack} here, others
 * on {@link Endpoint}. Callers ask for one by {@link #ability}. Without {@link DescriptorStack} the layer above numbers
 * the sockets itself.
 *
 * <h2>Threads</h2>
 *
 * <p>Any number of threads may use a stack, endpoint or name service at once. A poller belongs to one waiting thread at
 * a time; other threads may only call {@code wake}. When an endpoint is closed, no other call on it may be under way,
 * because its number is free for reuse from then on. The caller makes sure of that; {@code python.Descriptor} does.
 */
public interface SocketStack extends HasAbilities {
    /** A short name for messages, such as {@code linux}. */
    String name();

    /**
     * Makes an endpoint: socket(2). Child processes do not inherit it.
     *
     * @param type the socket type, to which SOCK_NONBLOCK and SOCK_CLOEXEC may be added
     */
    Endpoint socket(int family, int type, int protocol) throws StackException;

    /** Makes two connected endpoints: socketpair(2). Child processes inherit neither. */
    EndpointPair socketpair(int family, int type, int protocol) throws StackException;

    /** A new poller. The caller closes it. */
    Poller newPoller() throws StackException;

    NameService names();

    /** The host's name: gethostname(2). */
    String hostName() throws StackException;

    /** Sets the host's name: sethostname(2). */
    void setHostName(byte[] name) throws StackException;

    /**
     * The constants of package {@code abi} that this stack supports, by name, in a fixed order. A name that is absent
     * here is absent from Python's modules, so {@code hasattr} shows what there is.
     */
    Map<String, Long> constants();

    /**
     * Whether endpoints of this stack may have an ability, such as {@link MessageEndpoint}. What needs an ability that
     * none of them has is absent from Python's modules, as are constants that {@link #constants} lacks.
     */
    default boolean offers(Class<? extends Endpoint> ability) {
        return false;
    }

    /** The text for an errno: strerror(3). */
    String errorText(int errno);
}
