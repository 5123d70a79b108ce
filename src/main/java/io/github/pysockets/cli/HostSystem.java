package io.github.pysockets.cli;

import java.util.Locale;
import java.util.Set;

/**
 * What the system and the JVM let the command have. All that depends on one of these asks here. Where something is
 * missing, the command does without: what a script sees of it is then absent, or GraalPy's own.
 */
final class HostSystem {
    private static final Set<String> ARCHITECTURES = Set.of("amd64", "x86_64", "aarch64");

    private static final String ATTACH_FAILURE = "polyglotimpl.AttachLibraryFailureAction";

    private static final String STACK = "pysockets.stack";

    private static final HostSystem HERE = new HostSystem(
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            HostSystem.class.getModule().isNativeAccessEnabled());

    private final boolean isLinux;
    private final boolean isWindows;
    private final boolean hasNativeAccess;

    /**
     * What a system has.
     *
     * @param name as the property {@code os.name} says it
     * @param architecture as {@code os.arch} says it
     * @param hasNativeAccess whether the JVM lets the command call native code, without a warning
     */
    HostSystem(String name, String architecture, boolean hasNativeAccess) {
        isLinux = name.equals("Linux") && ARCHITECTURES.contains(architecture);
        isWindows = name.toLowerCase(Locale.ROOT).startsWith("windows");
        this.hasNativeAccess = hasNativeAccess;
    }

    /** The system that this process runs on. */
    static HostSystem here() {
        return HERE;
    }

    /** Whether functions of Linux's C library can be called, with its numbers and the layouts of its structs. */
    boolean hasLinuxCalls() {
        return isLinux && hasNativeAccess;
    }

    /** Whether a signal to a thread can end its system call: pthread_kill(3), siginterrupt(3). */
    boolean breaksSystemCalls() {
        return hasNativeAccess && !isWindows;
    }

    /** Whether GraalPy can make the process's own system calls; without, it has descriptors of its own, in Java. */
    boolean hasNativePosix() {
        return hasNativeAccess && !isWindows;
    }

    /** Whether modules of GraalPy that are in C can be loaded. */
    boolean hasNativeModules() {
        return hasNativeAccess && !isWindows;
    }

    /**
     * Where the JVM denies native access, keeps Truffle from a warning of that, and chooses the stack that needs none.
     * To be called before GraalPy or PySockets are used. What the user has chosen stays as it is.
     */
    void doWithoutNativeAccess() {
        if (hasNativeAccess) {
            return;
        }
        if (System.getProperty(ATTACH_FAILURE) == null) {
            System.setProperty(ATTACH_FAILURE, "ignore");
        }
        if (System.getProperty(STACK) == null && System.getenv("PYSOCKETS_STACK") == null) {
            System.setProperty(STACK, "nio");
        }
    }

    /** Whether the signals of POSIX are there, of which Windows has six. */
    boolean hasPosixSignals() {
        return !isWindows;
    }
}
