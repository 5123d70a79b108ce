package io.github.pysockets.stack;

/** A stack with its operating system's calls on processes. They affect the whole process, or others. */
public interface ProcessStack extends SocketStack {
    /**
     * Makes a call that takes numbers and at most one buffer, and does not wait.
     *
     * @param a the first number that the call takes; what it does not take is ignored
     * @param buffer what the call reads and writes; null if it takes none. One that is too small is refused with EINVAL
     * @return zero or more, or the negated errno
     */
    int call(ProcessCall call, long a, long b, long c, byte[] buffer);

    /**
     * Starts a program: posix_spawn(3).
     *
     * @return the number of the process, or the negated errno
     */
    int spawn(SpawnRequest request);

    /**
     * Replaces the process by a program: execve(2).
     *
     * @param path without a 0 byte
     * @param arguments strings, each of which ends with a 0 byte
     * @param environment likewise
     * @return the negated errno
     */
    int execute(byte[] path, byte[] arguments, byte[] environment);
}
