package io.github.pysockets.stack;

/**
 * One socket of a stack. Method names and meanings are those of the BSD calls, and no call waits: see {@link
 * SocketStack}.
 *
 * <p>Results that are ints: zero or more on success, the negated errno on failure.
 */
public interface Endpoint {
    /** The number of this endpoint in its stack; for an operating system's stack, the process's own descriptor. */
    int descriptor();

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
     * Takes the next connection: accept(2). The new descriptor is not inherited by child processes.
     *
     * @param peer set to the other side's address on success
     * @return the descriptor of the connection, or the negated errno
     */
    int accept(AddressHolder peer);

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

    /** sendmsg(2): the bytes sent, or the negated errno. */
    int sendMessage(OutgoingMessage message, int flags);

    /** recvmsg(2): the bytes received, or the negated errno; the rest is set in {@code message}. */
    int receiveMessage(IncomingMessage message, int flags);

    /**
     * Sends from an open file: sendfile(2). It may wait for a disk to read, but never for the receiver.
     *
     * @param from the descriptor of the file
     * @param offset where in the file to begin, which leaves the file's own position alone; -1 to begin at that
     *     position, and move it
     * @param count most bytes to send
     * @return the bytes sent, 0 at the file's end, or the negated errno
     */
    long sendFile(int from, long offset, long count);

    /**
     * read(2), for a descriptor that may be no socket, such as a pipe that came with SCM_RIGHTS.
     *
     * @return the bytes read, 0 at the end, or the negated errno, {@code -EAGAIN} where there is nothing yet
     */
    int read(byte[] into, int at, int count);

    /**
     * write(2), for a descriptor that may be no socket. Never raises a signal.
     *
     * @return the bytes written, or the negated errno, {@code -EAGAIN} where there is no room
     */
    int write(byte[] from, int at, int count);

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
     * Sets O_NONBLOCK, which is shared with every descriptor of the same open socket. It changes no call of this
     * interface.
     */
    void setNonBlocking(boolean on) throws StackException;

    boolean isNonBlocking() throws StackException;

    /** Whether child processes get the descriptor: the opposite of FD_CLOEXEC. */
    boolean isInheritable() throws StackException;

    void setInheritable(boolean on) throws StackException;

    /**
     * fcntl(2), for the commands whose argument is a number or none.
     *
     * @return what the command gives
     */
    int fcntl(int command, long argument) throws StackException;

    /**
     * fcntl(2), for the commands whose argument is a struct.
     *
     * @param argument read and written by the call
     * @return what the command gives
     */
    int fcntl(int command, byte[] argument) throws StackException;

    /**
     * ioctl(2), for the requests whose argument is a number or none.
     *
     * @return what the request gives
     */
    int ioctl(long request, long argument) throws StackException;

    /**
     * ioctl(2), for the requests whose argument is a struct.
     *
     * @param argument read and written by the call; may be shorter than the struct, the rest of which is then zeros
     * @return what the request gives
     */
    int ioctl(long request, byte[] argument) throws StackException;

    /** What kind of file the descriptor is of, and what is known of it: fstat(2). */
    DescriptorStatus status() throws StackException;

    /** A further descriptor of the same open socket, not inherited by child processes. */
    Endpoint duplicate() throws StackException;

    /** Ends the descriptor: close(2). Never retried: after an error it is closed all the same. */
    void close() throws StackException;
}
