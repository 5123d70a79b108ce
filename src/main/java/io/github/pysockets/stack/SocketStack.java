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
 *   graalpy   the bridge: one host call for one socket call
 *        |
 *   python    modes (blocking, timeout, non-blocking), waiting, addresses, descriptors
 *        |
 *   stack     this contract
 *        |
 *   linux     libc;  later: policy (wraps a stack), virtual (in memory), nio
 * </pre>
 *
 * <h2>Nothing here waits</h2>
 *
 * <p>No call on an {@link Endpoint} blocks: one that would have to wait gives {@code -EAGAIN} ({@code -EINPROGRESS} for a
 * connection that is under way), whatever the mode of the descriptor is. The one place that waits is {@link Poller#poll}, and
 * {@link Poller#wake} ends it from any thread. Blocking and timeouts are made of these two, once, in the layer above.
 *
 * <h2>Errors</h2>
 *
 * <p>An errno is an open int, see {@link Errno}. The calls that a waiting loop repeats (connect, accept, send, receive) give the negated errno as
 * their result, because "not yet" is an ordinary answer that must cost nothing. All other calls throw {@link StackException}.
 * What name services answer with (EAI codes, h_errno) are numbers of other ranges: {@link NameServiceException} says which.
 *
 * <h2>Threads</h2>
 *
 * <p>Stacks, endpoints and name services may be used by any number of threads at once. A poller belongs to one waiting thread at a
 * time; only {@code wake} may be called by others. Whoever closes an endpoint makes sure that no other call on it is under way,
 * because its number is free for reuse from then on; {@code python.Descriptor} is where that is done.
 */
public interface SocketStack {
    /** A short name for messages, such as {@code linux}. */
    String name();

    /**
     * Makes an endpoint: socket(2). The descriptor is not inherited by child processes.
     *
     * @param type the kind, with SOCK_NONBLOCK and SOCK_CLOEXEC allowed in it
     */
    Endpoint socket(int family, int type, int protocol) throws StackException;

    /** Makes two connected endpoints: socketpair(2). Neither descriptor is inherited by child processes. */
    EndpointPair socketpair(int family, int type, int protocol) throws StackException;

    /**
     * An endpoint for a descriptor that exists already. Nothing is checked: a number that is no open socket shows in the first
     * call on it, as EBADF or ENOTSOCK.
     */
    Endpoint endpoint(int descriptor);

    /** A new poller. The caller closes it. */
    Poller newPoller() throws StackException;

    /**
     * Makes an epoll set: epoll_create1(2). Its descriptor is not inherited by child processes. The caller closes it.
     *
     * @param flags EPOLL_CLOEXEC or 0
     */
    Epoll newEpoll(int flags) throws StackException;

    /** An epoll set for a descriptor that exists already. Nothing is checked, as with {@link #endpoint}. */
    Epoll epoll(int descriptor);

    NameService names();

    /** The host's name: gethostname(2). */
    String hostName() throws StackException;

    /** Sets the host's name: sethostname(2). */
    void setHostName(byte[] name) throws StackException;

    /**
     * What the platform's headers define, by name: AF_INET, SO_REUSEADDR and so on, in a fixed order. A name that the platform lacks is absent. Values
     * are those of the C constant, taken as unsigned where C does.
     */
    Map<String, Long> constants();

    /** The platform's text for an errno: strerror(3). */
    String errorText(int errno);

    /** Bytes that a control message with so much data takes, without padding at its end: CMSG_LEN. */
    long controlLength(long dataLength);

    /** Bytes that a control message with so much data takes, with its padding: CMSG_SPACE. */
    long controlSpace(long dataLength);
}
