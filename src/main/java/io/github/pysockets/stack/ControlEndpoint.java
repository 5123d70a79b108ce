package io.github.pysockets.stack;

/** An endpoint that takes the commands of fcntl(2) and ioctl(2). */
public interface ControlEndpoint extends Endpoint {
    /**
     * fcntl(2), for commands that take a number or no argument. For commands that make a descriptor, see
     * {@link DescriptorEndpoint#duplicate}.
     *
     * @return the result of the command
     */
    int fcntl(int command, long argument) throws StackException;

    /**
     * fcntl(2), for commands that take a struct.
     *
     * @param argument read and written by the call
     * @return the result of the command
     */
    int fcntl(int command, byte[] argument) throws StackException;

    /**
     * ioctl(2), for requests that take a number or no argument.
     *
     * @return the result of the request
     */
    int ioctl(long request, long argument) throws StackException;

    /**
     * ioctl(2), for requests that take a struct.
     *
     * @param argument read and written by the call; if it is shorter than the struct, the rest of the struct is zeros
     * @return the result of the request
     */
    int ioctl(long request, byte[] argument) throws StackException;
}
