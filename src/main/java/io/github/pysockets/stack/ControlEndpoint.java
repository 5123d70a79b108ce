package io.github.pysockets.stack;

/** An endpoint that takes the commands of fcntl(2) and ioctl(2). */
public interface ControlEndpoint extends Endpoint {
    /**
     * fcntl(2), for the commands whose argument is a number or none. Not for those that make a descriptor: see {@link
     * DescriptorEndpoint#duplicate}.
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
}
