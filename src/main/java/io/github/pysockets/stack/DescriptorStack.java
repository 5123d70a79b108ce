package io.github.pysockets.stack;

/** A stack whose endpoints are descriptors of the process, all of them {@link DescriptorEndpoint}. */
public interface DescriptorStack extends SocketStack {
    /**
     * Returns an endpoint for an existing descriptor. The number is not checked: if it is no open socket, the first
     * call on the endpoint fails with EBADF or ENOTSOCK.
     */
    Endpoint endpoint(int descriptor);
}
