package io.github.pysockets.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Makes a system call that one thread is blocked in fail with EINTR, as any signal with a handler does in a C program.
 * The JVM keeps its own signals from doing so; without this a Ctrl-C would not end a read from the terminal.
 *
 * <p>The signal is SIGURG: ignored by default, so harmless to a child process, and neither the JVM nor Python code on
 * it uses it. Its handler is a C function without effect. See signal(2), siginterrupt(3), pthread_kill(3).
 */
final class SystemCallBreaker {
    private final MethodHandle kill;
    private final long thread;
    private final int signal;

    private SystemCallBreaker(MethodHandle kill, long thread, int signal) {
        this.kill = kill;
        this.thread = thread;
        this.signal = signal;
    }

    /** A breaker of the calling thread's calls; it does nothing where the system has no way to. */
    static SystemCallBreaker forCurrentThread() {
        if (!HostSystem.here().breaksSystemCalls()) {
            return new SystemCallBreaker(null, 0, 0);
        }
        int signal = JvmSignals.number("URG");
        try {
            MethodHandle self = function("pthread_self", FunctionDescriptor.of(ValueLayout.JAVA_LONG));
            MethodHandle handle = function("signal",
                    FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
            MethodHandle interrupt = function("siginterrupt",
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            MethodHandle kill = function("pthread_kill",
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT));
            MemorySegment before = (MemorySegment) handle.invokeExact(signal, symbol("getppid"));
            int done = (int) interrupt.invokeExact(signal, 1);
            return new SystemCallBreaker(kill, (long) self.invokeExact(), signal);
        } catch (Throwable unavailable) {
            throw new IllegalStateException("cannot prepare to break system calls", unavailable);
        }
    }

    /** Breaks the call that the thread is in, if any. */
    void breakCall() {
        if (kill == null) {
            return;
        }
        try {
            int gone = (int) kill.invokeExact(thread, signal);
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static MethodHandle function(String name, FunctionDescriptor type) {
        return Linker.nativeLinker().downcallHandle(symbol(name), type);
    }

    private static MemorySegment symbol(String name) {
        SymbolLookup standard = Linker.nativeLinker().defaultLookup();
        return standard.findOrThrow(name);
    }
}
