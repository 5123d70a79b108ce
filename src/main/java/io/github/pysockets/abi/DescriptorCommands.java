package io.github.pysockets.abi;

import java.util.Set;

/**
 * The commands of fcntl(2) and requests of ioctl(2) that concern the descriptor alone. Not among them are those whose
 * argument is, or holds, an address in the process's memory; those that make the kernel send signals or give a new descriptor; and
 * those that change the host.
 */
public final class DescriptorCommands {
    private static final int F_SETFL = 4;
    /** Signals when the descriptor is ready: O_ASYNC. */
    private static final int O_ASYNC = 0x2000;

    private static final Set<Integer> FCNTL = Set.of(
            0, // F_DUPFD
            1, // F_GETFD
            2, // F_SETFD
            3, // F_GETFL
            F_SETFL,
            9, // F_GETOWN
            11, // F_GETSIG
            1025, // F_GETLEASE
            1030, // F_DUPFD_CLOEXEC
            1031, // F_SETPIPE_SZ
            1032, // F_GETPIPE_SZ
            1033, // F_ADD_SEALS
            1034); // F_GET_SEALS

    private static final Set<Integer> STRUCT_FCNTL = Set.of(
            5, // F_GETLK
            6, // F_SETLK
            7, // F_SETLKW
            36, // F_OFD_GETLK
            37, // F_OFD_SETLK
            38); // F_OFD_SETLKW

    private static final Set<Long> IOCTL = Set.of(
            0x5450L, // FIONCLEX
            0x5451L); // FIOCLEX

    private static final Set<Long> STRUCT_IOCTL = Set.of(
            0x5411L, // TIOCOUTQ, SIOCOUTQ
            0x541bL, // FIONREAD, TIOCINQ, SIOCINQ
            0x5421L, // FIONBIO
            0x8903L, // FIOGETOWN
            0x8904L, // SIOCGPGRP
            0x8905L, // SIOCATMARK
            0x8906L, // SIOCGSTAMP
            0x8907L, // SIOCGSTAMPNS
            0x8910L, // SIOCGIFNAME
            0x8913L, // SIOCGIFFLAGS
            0x8915L, // SIOCGIFADDR
            0x8917L, // SIOCGIFDSTADDR
            0x8919L, // SIOCGIFBRDADDR
            0x891bL, // SIOCGIFNETMASK
            0x891dL, // SIOCGIFMETRIC
            0x8921L, // SIOCGIFMTU
            0x8927L, // SIOCGIFHWADDR
            0x8933L, // SIOCGIFINDEX
            0x8942L, // SIOCGIFTXQLEN
            0x894bL, // SIOCOUTQNSD
            0x8970L); // SIOCGIFMAP

    private DescriptorCommands() {}

    /** fcntl(2) with a number, or nothing. */
    public static Reach fcntl(int command, int argument) {
        return reach(FCNTL.contains(command) && (command != F_SETFL || (argument & O_ASYNC) == 0));
    }

    /** fcntl(2) with a struct. */
    public static Reach structFcntl(int command) {
        return reach(STRUCT_FCNTL.contains(command));
    }

    /** ioctl(2) with a number, or nothing. */
    public static Reach ioctl(long request) {
        return reach(IOCTL.contains(request));
    }

    /** ioctl(2) with a struct. */
    public static Reach structIoctl(long request) {
        return reach(STRUCT_IOCTL.contains(request));
    }

    private static Reach reach(boolean harmless) {
        return harmless ? Reach.SOCKET : Reach.PROCESS;
    }
}
