package io.github.pysockets.stack;

/** A stack that makes descriptors of the process that are no sockets. The caller closes them. */
public interface FileStack extends DescriptorStack {
    /**
     * eventfd(2).
     *
     * @param initial an unsigned int
     * @param flags EFD_CLOEXEC and the like
     */
    Endpoint newEventfd(long initial, int flags) throws StackException;

    /**
     * A file in memory: memfd_create(2).
     *
     * @param name without a 0 byte
     * @param flags MFD_CLOEXEC and the like
     */
    Endpoint newMemfd(byte[] name, int flags) throws StackException;

    /**
     * A pipe: pipe2(2).
     *
     * @param flags O_CLOEXEC and the like
     * @return the end to read, and the end to write
     */
    EndpointPair newPipe(int flags) throws StackException;

    /** What stands for a process: pidfd_open(2). */
    Endpoint newPidfd(int process, int flags) throws StackException;
}
