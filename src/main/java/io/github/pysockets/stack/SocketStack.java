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
 * <p>No call on an {@link Endpoint} blocks: one that would have to wait gives {@code -EAGAIN} ({@code -EINPROGRESS} for a
 * connection that is under way), whatever the mode of the socket is. The one place that waits is {@link Poller#poll}, and
 * {@link Poller#wake} ends it from any thread. Blocking and timeouts are made of these two, once, in the layer above.
 *
 * <h2>Numbers and errors</h2>
 *
 * <p>All numbers are Linux's, those of package {@code abi}, on every stack: families, options, flags, events, errnos. A stack on
 * another system translates them. An errno is an open int. The calls that a waiting loop repeats (connect, accept, send, receive)
 * give the negated errno as their result, because "not yet" is an ordinary answer that must cost nothing. All other calls throw
 * {@link StackException}. What name services answer with (EAI codes, h_errno) are numbers of other ranges: {@link
 * NameServiceException} says which.
 *
 * <h2>Abilities</h2>
 *
 * <p>What only some stacks have is an interface of its own: {@link DescriptorStack} and {@link EpollStack} here, others on {@link
 * Endpoint}. Whoever needs one asks by {@link #ability}. Without {@link DescriptorStack} the layer above numbers the sockets itself.
 *
 * <h2>Threads</h2>
 *
 * <p>Stacks, endpoints and name services may be used by any number of threads at once. A poller belongs to one waiting thread at a
 * time; only {@code wake} may be called by others. Whoever closes an endpoint makes sure that no other call on it is under way,
 * because its number is free for reuse from then on; {@code python.Descriptor} does that.
 */
public interface SocketStack extends HasAbilities {
    /** A short name for messages, such as {@code linux}. */
    String name();

    /**
     * Makes an endpoint: socket(2). Child processes do not inherit it.
     *
     * @param type the kind, with SOCK_NONBLOCK and SOCK_CLOEXEC allowed in it
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
     * The constants of package {@code abi} that this stack has a use for, by name, in a fixed order. A name that is absent here is
     * absent from Python's modules, so that {@code hasattr} tells what there is.
     */
    Map<String, Long> constants();

    /** The text for an errno: strerror(3). */
    String errorText(int errno);
}
