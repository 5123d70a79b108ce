package io.github.pysockets.stack;

import java.util.List;

/**
 * What posix_spawn(3) is asked for. Strings have no 0 byte; lists of strings are one array, with a 0 byte after each.
 *
 * @param path the program
 * @param isSearched whether PATH is searched for it
 * @param arguments strings
 * @param environment strings, {@code NAME=value}; null for that of this process
 * @param actions what is done with descriptors, in this order
 * @param flags POSIX_SPAWN_SETPGROUP and the like
 * @param group the process group, with POSIX_SPAWN_SETPGROUP
 * @param blocked the signals to block, with POSIX_SPAWN_SETSIGMASK
 * @param defaults the signals to reset, with POSIX_SPAWN_SETSIGDEF
 * @param policy the scheduling policy, with POSIX_SPAWN_SETSCHEDULER
 * @param priority the scheduling priority, with POSIX_SPAWN_SETSCHEDPARAM
 */
public record SpawnRequest(byte[] path, boolean isSearched, byte[] arguments, byte[] environment, List<Action> actions,
        int flags, int group, int[] blocked, int[] defaults, int policy, int priority) {
    /** Something done in the new process before the program begins. */
    public sealed interface Action {}

    /** posix_spawn_file_actions_addopen(3). */
    public record Open(int descriptor, byte[] path, int flags, int mode) implements Action {}

    /** posix_spawn_file_actions_addclose(3). */
    public record Close(int descriptor) implements Action {}

    /** posix_spawn_file_actions_adddup2(3). */
    public record Duplicate(int descriptor, int to) implements Action {}
}
