package io.github.pysockets.stack;

/** A stack whose endpoints are descriptors of the process, all of them {@link DescriptorEndpoint}. */
public interface DescriptorStack extends SocketStack {
    /**
     * An endpoint for a descriptor that exists already. Nothing is checked: a number that is no open socket shows in the first
     * call on it, as EBADF or ENOTSOCK.
     */
    Endpoint endpoint(int descriptor);
}
