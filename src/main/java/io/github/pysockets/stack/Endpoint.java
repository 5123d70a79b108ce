package io.github.pysockets.stack;

/**
 * One socket of a stack: what every socket can do. Method names and meanings are those of the BSD calls, and no call waits: see
 * {@link SocketStack}.
 *
 * <p>Results that are ints: zero or more on success, the negated errno on failure.
 *
 * <p>Abilities that an endpoint may offer beside: {@link MessageEndpoint}, {@link DescriptorEndpoint}, {@link FileEndpoint},
 * {@link ControlEndpoint}.
 */
public interface Endpoint extends HasAbilities {
    void bind(SocketAddress local) throws StackException;

    void listen(int backlog) throws StackException;

    /**
     * Starts to connect: connect(2).
     *
     * @return 0 when connected, {@code -EINPROGRESS} while under way (writable when decided; then read SO_ERROR), or
     *     another negated errno. AF_UNIX gives {@code -EAGAIN} where the listener's backlog is full: nothing is under
     *     way then, and no poller tells when there is room
     */
    int connect(SocketAddress remote);

    /**
     * Takes the next connection: accept(2). Child processes do not inherit it.
     *
     * @param accepted set to the connection and the other side's address on success
     * @return 0, or the negated errno
     */
    int accept(AcceptedHolder accepted);

    /** send(2), from {@code count} bytes of {@code from} at {@code at}. Never raises a signal. */
    int send(byte[] from, int at, int count, int flags);

    /** sendto(2). */
    int sendTo(byte[] from, int at, int count, int flags, SocketAddress to);

    /**
     * recv(2), into {@code count} bytes of {@code into} at {@code at}. With MSG_TRUNC the result may exceed {@code
     * count}.
     */
    int recv(byte[] into, int at, int count, int flags);

    /**
     * recvfrom(2).
     *
     * @param from set to the sender's address on success; null in it where the protocol gives none
     */
    int recvFrom(byte[] into, int at, int count, int flags, AddressHolder from);

    /**
     * getsockopt(2).
     *
     * @param value room for the value
     * @return bytes of {@code value} that were set
     */
    int getOption(int level, int name, byte[] value) throws StackException;

    /** The value of an option that is a C int. */
    int getOption(int level, int name) throws StackException;

    void setOption(int level, int name, byte[] value) throws StackException;

    void setOption(int level, int name, int value) throws StackException;

    /** setsockopt(2) with no value and a length of its own, which some options (of AF_ALG) read. */
    void setOptionLength(int level, int name, int length) throws StackException;

    void shutdown(int how) throws StackException;

    /** getsockname(2); null where the family gives none. */
    SocketAddress localAddress() throws StackException;

    /** getpeername(2); null where the family gives none. */
    SocketAddress peerAddress() throws StackException;

    /**
     * Sets O_NONBLOCK. All descriptors of the same open socket share it. It changes no call of this interface: those never wait.
     */
    void setNonBlocking(boolean on) throws StackException;

    boolean isNonBlocking() throws StackException;

    /** close(2). Never retried: after an error it is closed all the same. */
    void close() throws StackException;
}
