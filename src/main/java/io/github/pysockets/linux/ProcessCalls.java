package io.github.pysockets.linux;

import static io.github.pysockets.linux.Fields.BYTE;
import static io.github.pysockets.linux.Fields.HOST_LONG;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.stack.ProcessCall;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls on processes: see {@link ProcessCall}. The kernel is told the size of the buffer, or the buffer is as large as
 * what the call reads and writes.
 */
final class ProcessCalls {
    static final MethodHandle SYSCALL = Libc.function("syscall");

    /** getpriority of glibc returns negative priorities, which cannot be told from errors. */
    private static final int SYS_GETPRIORITY = "aarch64".equals(System.getProperty("os.arch")) ? 141 : 140;

    private static final int WNOHANG = 1;
    private static final int GRND_NONBLOCK = 1;

    private static final int SIGINFO_SIZE = 128;
    /** A status, padding, struct rusage. */
    private static final int WAIT4_SIZE = 8 + 144;
    private static final int RUSAGE_AT = 8;
    private static final int TMS_SIZE = 32;

    private static final Map<ProcessCall, MethodHandle> FUNCTIONS = new ConcurrentHashMap<>();

    private ProcessCalls() {}

    static int call(ProcessCall call, long a, long b, long c, byte[] buffer) {
        if (!suits(call, buffer)) {
            return -Errno.EINVAL;
        }
        int size = buffer == null ? 0 : buffer.length;
        try (Room room = Room.of(size)) {
            MemorySegment memory = room.bytes();
            if (size > 0) {
                MemorySegment.copy(buffer, 0, memory, BYTE, 0, size);
            }
            int result = call(call, a, b, c, memory);
            if (size > 0) {
                MemorySegment.copy(memory, BYTE, 0, buffer, 0, size);
            }
            return result;
        }
    }

    /** Whether there is a buffer where the call takes one, of the right size. */
    private static boolean suits(ProcessCall call, byte[] buffer) {
        int size = buffer == null ? 0 : buffer.length;
        return switch (call) {
            case GETRESUID, GETRESGID -> size >= 3 * Integer.BYTES;
            case SCHED_SETSCHEDULER, SCHED_GETPARAM, SCHED_SETPARAM -> size >= Integer.BYTES;
            case SCHED_RR_GET_INTERVAL -> size >= Timespec.SIZE;
            case WAITID -> size >= SIGINFO_SIZE;
            case WAIT4 -> size >= WAIT4_SIZE;
            case TIMES -> size >= TMS_SIZE + Long.BYTES;
            case INITGROUPS, CHROOT, MKFIFO, MKNOD -> size > 0 && buffer[size - 1] == 0;
            default -> true;
        };
    }

    private static int call(ProcessCall call, long a, long b, long c, MemorySegment memory) {
        long at = memory.address();
        long size = memory.byteSize();
        return switch (call) {
            case SETUID, SETGID, SETEUID, SETEGID, SETREUID, SETREGID, SETRESUID, SETRESGID, SCHED_YIELD,
                    SCHED_GET_PRIORITY_MAX, SCHED_GET_PRIORITY_MIN, SCHED_GETSCHEDULER, SETPRIORITY, SETNS, UNSHARE ->
                run(call, a, b, c);
            case GETRESUID, GETRESGID -> run(call, at, at + Integer.BYTES, at + 2 * Integer.BYTES);
            case SETGROUPS -> run(call, size / Integer.BYTES, at, 0);
            case SCHED_SETSCHEDULER -> run(call, a, b, at);
            case SCHED_GETPARAM, SCHED_SETPARAM, SCHED_RR_GET_INTERVAL -> run(call, a, at, 0);
            case SCHED_GETAFFINITY, SCHED_SETAFFINITY -> run(call, a, size, at);
            case GETPRIORITY -> Libc.call(SYSCALL, SYS_GETPRIORITY, a, b);
            case WAITID -> Libc.call(function(call), a, b, at, c | WNOHANG);
            case WAIT4 -> Libc.call(function(call), a, at, b | WNOHANG, at + RUSAGE_AT);
            case GETRANDOM -> run(call, at, size, a | GRND_NONBLOCK);
            case INITGROUPS, CHROOT, MKFIFO, MKNOD -> run(call, at, a, b);
            case TIMES -> times(memory);
            case SYNC -> {
                run(call, 0, 0, 0);
                yield 0;
            }
        };
    }

    /** The result of times(3) is a long, which has no place in an int. */
    private static int times(MemorySegment memory) {
        Scratch scratch = Scratch.mine();
        long ticks = Libc.word(function(ProcessCall.TIMES), scratch, memory.address(), 0, 0, 0, 0, 0);
        memory.set(HOST_LONG, TMS_SIZE, ticks);
        return 0;
    }

    private static int run(ProcessCall call, long a, long b, long c) {
        return Libc.call(function(call), a, b, c);
    }

    private static MethodHandle function(ProcessCall call) {
        return FUNCTIONS.computeIfAbsent(call, named -> Libc.function(named.name().toLowerCase(Locale.ROOT)));
    }
}
