package io.github.pysockets.stack;

/** An endpoint that is a file descriptor of the process. It need not be a socket. */
public interface DescriptorEndpoint extends Endpoint {
    /** The descriptor's number in the process. */
    int descriptor();

    /**
     * Must be called before anybody else may use the descriptor: a script that is told its number, another process. Its
     * flags are as the owner has set them from then on. Before, a stack may keep O_NONBLOCK as suits it. Making it
     * inheritable, a duplicate, and a message that carries it do so by themselves.
     */
    void publish() throws StackException;

    /** What the descriptor refers to. Two descriptors have equal identities exactly if they refer to the same. */
    FileIdentity identity() throws StackException;

    /** The kind of file that the descriptor refers to, and its attributes: fstat(2). */
    DescriptorStatus status() throws StackException;

    /** Whether child processes inherit the descriptor: the opposite of FD_CLOEXEC. */
    boolean isInheritable() throws StackException;

    void setInheritable(boolean on) throws StackException;

    /**
     * Makes another descriptor of the same open file: fcntl(2) with F_DUPFD or F_DUPFD_CLOEXEC.
     *
     * @param lowest the lowest number that it may have
     * @param inheritable whether child processes inherit it
     */
    Endpoint duplicate(int lowest, boolean inheritable) throws StackException;

    /**
     * getsockopt(2), for an option whose value is a new descriptor, such as SO_PEERPIDFD.
     *
     * @return the new descriptor, which the caller closes
     */
    Endpoint getDescriptorOption(int level, int name) throws StackException;
}
