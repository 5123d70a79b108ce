package io.github.pysockets.stack;

/** An endpoint that is a file descriptor of the process. It may be no socket. */
public interface DescriptorEndpoint extends Endpoint {
    /** The descriptor's number in the process. */
    int descriptor();

    /** What the descriptor stands for. Another one that stands for the same has an equal identity, and no other has. */
    FileIdentity identity() throws StackException;

    /** What kind of file the descriptor is of, and what is known of it: fstat(2). */
    DescriptorStatus status() throws StackException;

    /** Whether child processes get the descriptor: the opposite of FD_CLOEXEC. */
    boolean isInheritable() throws StackException;

    void setInheritable(boolean on) throws StackException;

    /**
     * A further descriptor of the same open file: fcntl(2) with F_DUPFD or F_DUPFD_CLOEXEC.
     *
     * @param lowest the lowest number that it may have
     * @param inheritable whether child processes get it
     */
    Endpoint duplicate(int lowest, boolean inheritable) throws StackException;

    /**
     * getsockopt(2), of an option whose value is a new descriptor, such as SO_PEERPIDFD.
     *
     * @return that descriptor, for the caller to close
     */
    Endpoint getDescriptorOption(int level, int name) throws StackException;
}
