package io.github.pysockets.stack;

/**
 * The calls on processes that take numbers and at most one buffer, with their names in Linux: {@link ProcessStack}.
 * Where a call takes a buffer, this says what is in it. Numbers in buffers are C ints in host order, unless another
 * type is named; texts end with a 0 byte.
 */
public enum ProcessCall {
    SETUID,
    SETGID,
    SETEUID,
    SETEGID,
    SETREUID,
    SETREGID,
    SETRESUID,
    SETRESGID,
    /** Three numbers: the real, the effective and the saved one. */
    GETRESUID,
    /** As {@link #GETRESUID}. */
    GETRESGID,
    /** The numbers of the groups; its size tells how many. */
    SETGROUPS,
    /** The name of the user. */
    INITGROUPS,

    SCHED_YIELD,
    SCHED_GET_PRIORITY_MAX,
    SCHED_GET_PRIORITY_MIN,
    SCHED_GETSCHEDULER,
    /** The priority. */
    SCHED_SETSCHEDULER,
    /** The priority. */
    SCHED_GETPARAM,
    /** The priority. */
    SCHED_SETPARAM,
    /** Struct timespec. */
    SCHED_RR_GET_INTERVAL,
    /** A bit for each processor. */
    SCHED_GETAFFINITY,
    /** A bit for each processor. */
    SCHED_SETAFFINITY,
    /** The result is 20 minus the priority, so that it is never negative. */
    GETPRIORITY,
    SETPRIORITY,

    /** Struct siginfo_t. The options have to include WNOHANG. */
    WAITID,
    /** The status, 4 unused bytes, struct rusage. The options have to include WNOHANG. */
    WAIT4,
    /** Struct tms, then a long: clock ticks since some time in the past. */
    TIMES,

    /** The random bytes. */
    GETRANDOM,
    SYNC,
    SETNS,
    UNSHARE,
    /** The path. */
    CHROOT,
    /** The path. */
    MKFIFO,
    /** The path. */
    MKNOD
}
