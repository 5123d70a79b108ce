package io.github.pysockets.stack;

/** An endpoint that can be used as a file. It need not be a socket: it may be a pipe that came with SCM_RIGHTS. */
public interface FileEndpoint extends Endpoint {
    /**
     * read(2).
     *
     * @return the number of bytes read, 0 at the end, or the negated errno: {@code -EAGAIN} if there is nothing yet
     */
    int read(byte[] into, int at, int count);

    /**
     * write(2). Never raises a signal.
     *
     * @return the number of bytes written, or the negated errno: {@code -EAGAIN} if there is no room
     */
    int write(byte[] from, int at, int count);

    /**
     * Sends from an open file: sendfile(2). It may wait for a disk to read, but never for the receiver.
     *
     * @param from the file
     * @param offset where in the file to begin, without moving the file's own position; -1 to begin at that position
     *     and move it
     * @param count the most bytes to send
     * @return the number of bytes sent, 0 at the file's end, or the negated errno
     */
    long sendFile(Endpoint from, long offset, long count);

    /**
     * Moves bytes to another file without copying them, where one of the two is a pipe: splice(2). It may wait for a
     * disk, and for nothing else.
     *
     * @param offset where in this file to begin, without moving its own position; -1 to begin at that position and move
     *     it. A pipe or socket takes only -1
     * @param to the other file
     * @param toOffset likewise for the other file
     * @param flags SPLICE_F_MORE and the like
     * @return the number of bytes moved, 0 at the end, or the negated errno: {@code -EAGAIN} if there is nothing yet,
     *     or no room
     */
    long splice(long offset, Endpoint to, long toOffset, long count, int flags);
}
