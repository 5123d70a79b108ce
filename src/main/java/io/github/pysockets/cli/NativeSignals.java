package io.github.pysockets.cli;

import io.github.pysockets.abi.Errno;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What the C library knows of signals and threads and the JVM does not tell: sigaction(2), tgkill(2),
 * pidfd_send_signal(2), setitimer(2), strsignal(3), and write(2), which is safe wherever a signal arrives.
 *
 * <p>Where {@link #areThere} says no, questions have the answer that is right nearly always, and what cannot be done is
 * not done.
 */
final class NativeSignals {
    static final int SIGINT = 2;

    private static final MemorySegment SIG_DFL = MemorySegment.NULL;
    private static final long SIG_IGN = 1;

    /** More than struct sigaction has on any system. Its handler comes first. */
    private static final long SIGACTION_SIZE = 256;

    private static final long PIDFD_SEND_SIGNAL = 424;
    private static final int LONGEST_TEXT = 256;
    private static final long MICROS = 1_000_000;

    private NativeSignals() {}

    /** Whether this can call the C library. */
    static boolean areThere() {
        return HostSystem.here().hasLinuxCalls();
    }

    /** Each is looked up when it is first used: few programs use any. */
    private static final class Calls {
        private static final MethodHandle WRITE = withErrno("write", FunctionDescriptor.of(ValueLayout.JAVA_LONG,
                ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG));
    }

    private static final class Threads {
        private static final MethodHandle SELF =
                NativeCalls.function("pthread_self", FunctionDescriptor.of(ValueLayout.JAVA_LONG));
        private static final MethodHandle TID =
                NativeCalls.function("gettid", FunctionDescriptor.of(ValueLayout.JAVA_INT));
    }

    private static final class Sending {
        private static final MethodHandle TGKILL = withErrno("tgkill", FunctionDescriptor.of(ValueLayout.JAVA_INT,
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }

    private static final class Dispositions {
        private static final MethodHandle SIGACTION = NativeCalls.function("sigaction", FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        private static final MethodHandle SIGNAL = NativeCalls.function("signal",
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
    }

    private static final class Timers {
        private static final MethodHandle SET = withErrno("setitimer", FunctionDescriptor.of(
                ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        private static final MethodHandle GET = withErrno("getitimer",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        /** The size of struct itimerval: seconds and microseconds of the interval, then of the value. */
        private static final long SIZE = 4 * Long.BYTES;
    }

    private static final class Texts {
        private static final MethodHandle STRSIGNAL =
                NativeCalls.function("strsignal", FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    }

    private static final class Processes {
        private static final MethodHandle SYSCALL = withErrno("syscall",
                FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
                        ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG),
                Linker.Option.firstVariadicArg(1));
    }

    /**
     * Writes one byte.
     *
     * @return 0, or an errno: EBADF too where there is no descriptor of the process that could be meant
     */
    static int write(int descriptor, byte value) {
        if (!areThere()) {
            return Errno.EBADF;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(NativeCalls.state());
            MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_BYTE, value);
            long written = (long) Calls.WRITE.invokeExact(state, descriptor, one, 1L);
            return written < 0 ? NativeCalls.errno(state) : 0;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether the system ignores a signal. */
    static boolean isIgnored(int signal) {
        if (!areThere()) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment action = arena.allocate(SIGACTION_SIZE, Long.BYTES);
            int failed = (int) Dispositions.SIGACTION.invokeExact(signal, MemorySegment.NULL, action);
            return failed == 0 && action.get(ValueLayout.JAVA_LONG, 0) == SIG_IGN;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Sets a timer, which sends a signal when it ends: setitimer(2).
     *
     * @param value microseconds until then; 0 for never
     * @param interval microseconds between further signals; 0 for none
     * @return the value and the interval before, or one errno
     */
    static long[] setTimer(int timer, long value, long interval) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(NativeCalls.state());
            MemorySegment set = arena.allocate(Timers.SIZE, Long.BYTES);
            MemorySegment before = arena.allocate(Timers.SIZE, Long.BYTES);
            setTime(set, 0, interval);
            setTime(set, 2, value);
            int failed = (int) Timers.SET.invokeExact(state, timer, set, before);
            return failed < 0 ? new long[] {NativeCalls.errno(state)} : times(before);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The microseconds that are left of a timer, and its interval, or one errno: getitimer(2). */
    static long[] timer(int timer) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(NativeCalls.state());
            MemorySegment now = arena.allocate(Timers.SIZE, Long.BYTES);
            int failed = (int) Timers.GET.invokeExact(state, timer, now);
            return failed < 0 ? new long[] {NativeCalls.errno(state)} : times(now);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void setTime(MemorySegment timer, int at, long micros) {
        timer.setAtIndex(ValueLayout.JAVA_LONG, at, Math.floorDiv(micros, MICROS));
        timer.setAtIndex(ValueLayout.JAVA_LONG, at + 1, Math.floorMod(micros, MICROS));
    }

    private static long[] times(MemorySegment timer) {
        return new long[] {time(timer, 2), time(timer, 0)};
    }

    private static long time(MemorySegment timer, int at) {
        return timer.getAtIndex(ValueLayout.JAVA_LONG, at) * MICROS
                + timer.getAtIndex(ValueLayout.JAVA_LONG, at + 1);
    }

    /** Gives a signal its default action; elsewhere the JVM does by its own handler what is nearly that. */
    static void reset(int signal) {
        if (!areThere()) {
            return;
        }
        try {
            MemorySegment before = (MemorySegment) Dispositions.SIGNAL.invokeExact(signal, SIG_DFL);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Ends the process by a signal, so that a shell that runs it ends its script too. Returns where that fails. */
    static void endBy(int signal) {
        if (areThere()) {
            reset(signal);
            kill(kernelThread(), signal);
        }
    }

    /** What a signal is called, or null where it has no name of its own. */
    static String text(int signal) {
        try {
            MemorySegment text = (MemorySegment) Texts.STRSIGNAL.invokeExact(signal);
            return text.address() == 0
                    ? null
                    : text.reinterpret(LONGEST_TEXT).getString(0, StandardCharsets.UTF_8);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Sends a signal to the process that a descriptor stands for.
     *
     * @return 0, or an errno
     */
    static int sendByDescriptor(int pidfd, int signal, int flags) {
        return (int) -call(PIDFD_SEND_SIGNAL, pidfd, signal, 0, flags);
    }

    /** A system call that the C library has no function for; these have the same numbers on all processors. */
    private static long call(long number, long first, long second, long third, long fourth) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(NativeCalls.state());
            long result = (long) Processes.SYSCALL.invokeExact(state, number, first, second, third, fourth);
            return result < 0 ? -NativeCalls.errno(state) : result;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The C library's identifier of the calling thread; elsewhere Java's. */
    static long thread() {
        if (!areThere()) {
            return Thread.currentThread().threadId();
        }
        try {
            return (long) Threads.SELF.invokeExact();
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The kernel's identifier of the calling thread; elsewhere Java's. */
    static int kernelThread() {
        if (!areThere()) {
            return (int) Thread.currentThread().threadId();
        }
        try {
            return (int) Threads.TID.invokeExact();
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Sends a signal to a thread of this process. By the kernel's identifier, which may be of a thread that has just
     * ended: the C library would use its own as an address.
     *
     * @return 0, or an errno
     */
    static int kill(int kernelThread, int signal) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(NativeCalls.state());
            int process = (int) ProcessHandle.current().pid();
            int result = (int) Sending.TGKILL.invokeExact(state, process, kernelThread, signal);
            return result < 0 ? NativeCalls.errno(state) : 0;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static MethodHandle withErrno(String name, FunctionDescriptor type, Linker.Option... more) {
        Linker.Option[] options = Arrays.copyOf(more, more.length + 1);
        options[more.length] = NativeCalls.setsErrno();
        return NativeCalls.function(name, type, options);
    }
}
