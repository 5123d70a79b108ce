package io.github.pysockets.cli;

import io.github.pysockets.abi.Errno;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.graalvm.polyglot.Value;
import org.graalvm.polyglot.proxy.ProxyExecutable;
import org.graalvm.polyglot.proxy.ProxyObject;

/**
 * The threads that run Python code, by the identifier that {@code threading.get_ident} gives: the C library's, as in
 * CPython, because programs pass it to functions of C; or Java's where the C library cannot be asked. It is unique
 * among the threads that live.
 */
final class PythonThreads {
    private static final int ESRCH = 3;

    /** The kernel's identifiers, by the C library's. */
    private final Map<Long, Native> byIdentifier = new ConcurrentHashMap<>();

    /** Made when the first thread is started. */
    private SwitchInterval interval;

    private record Native(Thread thread, int kernelThread) {}

    /** What threads.py calls. */
    ProxyObject exports() {
        return ProxyObject.fromMap(Map.of(
                "identify", (ProxyExecutable) _ -> identify(),
                "native_id", (ProxyExecutable) PythonThreads::kernelThread,
                "start", (ProxyExecutable) _ -> start(),
                "end", (ProxyExecutable) _ -> end(),
                "keep_deadlines", (ProxyExecutable) PythonThreads::keepDeadlines,
                "kill", (ProxyExecutable) arguments -> kill(arguments[0].asLong(), arguments[1].asInt())));
    }

    /** Records the calling thread, and returns its identifier. */
    private long identify() {
        long identifier = NativeSignals.thread();
        byIdentifier.values().removeIf(known -> !known.thread().isAlive());
        byIdentifier.put(identifier, new Native(Thread.currentThread(), NativeSignals.kernelThread()));
        return identifier;
    }

    /** Arguments: the functions that acquire locks. */
    private static Object keepDeadlines(Value... arguments) {
        LockDeadlines.keep(arguments);
        return true;
    }

    private static Object kernelThread(Value... arguments) {
        return NativeSignals.kernelThread();
    }

    /** Called by a thread of Python at its start. */
    private long start() {
        interval().add();
        return identify();
    }

    private synchronized SwitchInterval interval() {
        if (interval == null) {
            interval = SwitchInterval.ofCurrentContext();
        }
        return interval;
    }

    /** Called by a thread of Python at its end. */
    private boolean end() {
        interval().remove();
        return byIdentifier.values().removeIf(known -> known.thread() == Thread.currentThread());
    }

    /** Sends a signal to a thread; returns 0 or an errno. */
    private int kill(long identifier, int signal) {
        Native known = byIdentifier.get(identifier);
        if (known == null || !known.thread().isAlive()) {
            return ESRCH;
        }
        if (!NativeSignals.areThere()) {
            // Handlers run in the main thread wherever a signal arrives, and what has none is for the whole process.
            return signal == 0 || new JvmSignals().send(signal) ? 0 : Errno.EINVAL;
        }
        return NativeSignals.kill(known.kernelThread(), signal);
    }
}
