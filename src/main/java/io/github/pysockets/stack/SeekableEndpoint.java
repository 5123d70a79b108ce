package io.github.pysockets.stack;

/**
 * An endpoint that can be a file with positions, as one on a disk. On any other file the calls fail as the system's
 * calls do, mostly with ESPIPE. They may wait for a disk, and for nothing else.
 *
 * <p>Results are zero or more, or the negated errno.
 */
public interface SeekableEndpoint extends FileEndpoint {
    /** In place of a position: the file's own, which the call moves. */
    long OWN_POSITION = -1;

    /**
     * pread(2), or preadv2(2) if there are flags.
     *
     * @param position where to begin; {@link #OWN_POSITION} only with flags
     * @param flags RWF_HIPRI, RWF_NOWAIT and the like, or 0
     * @return the number of bytes read
     */
    int pread(byte[] into, int at, int count, long position, int flags);

    /** pwrite(2), or pwritev2(2) if there are flags: as {@link #pread}. */
    int pwrite(byte[] from, int at, int count, long position, int flags);

    /**
     * copy_file_range(2).
     *
     * @param position where to begin in this file, or {@link #OWN_POSITION}
     * @param toPosition likewise in the other file
     * @return the number of bytes copied, 0 at the end
     */
    long copyRange(long position, Endpoint to, long toPosition, long count);

    /** posix_fallocate(3). */
    int allocate(long position, long count);

    /** posix_fadvise(2). */
    int advise(long position, long count, int advice);

    /** fdatasync(2). */
    int syncData();
}
