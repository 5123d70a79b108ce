package io.github.pysockets.stack;

/**
 * One socket of a stack, with what every socket can do. Methods have the names and meanings of the BSD calls, but no
 * call waits: see {@link SocketStack}.
 *
 * <p>Calls that throw nothing return zero or more on success, the negated errno on failure.
 *
 * <p>An endpoint may also have these abilities: {@link MessageEndpoint}, {@link DescriptorEndpoint},
 * {@link FileEndpoint}, {@link SeekableEndpoint}, {@link ControlEndpoint}, {@link PacedEndpoint}.
 */
public interface Endpoint extends HasAbilities {
    void bind(SocketAddress local) throws StackException;

    void listen(int backlog) throws StackException;

    /**
     * Starts to connect: connect(2).
     *
     * @return 0 if connected; {@code -EINPROGRESS} if the attempt is under way (the endpoint becomes writable when it
     *     is decided; then read SO_ERROR); or another negated errno. AF_UNIX returns {@code -EAGAIN} if the listener's
     *     backlog is full: then no attempt is under way, and no poller reports when there is room
     */
    int connect(SocketAddress remote);

    /**
     * Accepts the next connection: accept(2). Child processes do not inherit it.
     *
     * @param accepted set to the connection and the peer's address on success
     * @return 0, or the negated errno
     */
    int accept(AcceptedHolder accepted);

    /** send(2) of {@code count} bytes of {@code from}, starting at index {@code at}. Never raises a signal. */
    int send(byte[] from, int at, int count, int flags);

    /** sendto(2). */
    int sendTo(byte[] from, int at, int count, int flags, SocketAddress to);

    /**
     * recv(2) of at most {@code count} bytes into {@code into}, starting at index {@code at}. With MSG_TRUNC the result
     * may exceed {@code count}.
     */
    int recv(byte[] into, int at, int count, int flags);

    /**
     * recvfrom(2).
     *
     * @param from set to the sender's address on success, or to null if the protocol has none
     */
    int recvFrom(byte[] into, int at, int count, int flags, AddressHolder from);

    /**
     * getsockopt(2).
     *
     * @param value room for the value
     * @return the number of bytes set in {@code value}
     */
    int getOption(int level, int name, byte[] value) throws StackException;

    /** The value of an option that is a C int. */
    int getOption(int level, int name) throws StackException;

    void setOption(int level, int name, byte[] value) throws StackException;

    void setOption(int level, int name, int value) throws StackException;

    /** setsockopt(2) with a length but no value, for options (of AF_ALG) that read only the length. */
    void setOptionLength(int level, int name, int length) throws StackException;

    void shutdown(int how) throws StackException;

    /** getsockname(2); null if the family has no addresses. */
    SocketAddress localAddress() throws StackException;

    /** getpeername(2); null if the family has no addresses. */
    SocketAddress peerAddress() throws StackException;

    /**
     * Sets O_NONBLOCK, which all descriptors of the same open socket share. It does not affect the calls of this
     * interface: they never wait.
     */
    void setNonBlocking(boolean on) throws StackException;

    boolean isNonBlocking() throws StackException;

    /** close(2). Must not be retried: even after an error the endpoint is closed. */
    void close() throws StackException;
}
