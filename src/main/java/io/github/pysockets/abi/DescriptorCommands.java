package io.github.pysockets.abi;

import static io.github.pysockets.abi.FileControl.F_ADD_SEALS;
import static io.github.pysockets.abi.FileControl.F_DUPFD;
import static io.github.pysockets.abi.FileControl.F_DUPFD_CLOEXEC;
import static io.github.pysockets.abi.FileControl.F_GETFD;
import static io.github.pysockets.abi.FileControl.F_GETFL;
import static io.github.pysockets.abi.FileControl.F_GETLEASE;
import static io.github.pysockets.abi.FileControl.F_GETLK;
import static io.github.pysockets.abi.FileControl.F_GETOWN;
import static io.github.pysockets.abi.FileControl.F_GETPIPE_SZ;
import static io.github.pysockets.abi.FileControl.F_GETSIG;
import static io.github.pysockets.abi.FileControl.F_GET_SEALS;
import static io.github.pysockets.abi.FileControl.F_OFD_GETLK;
import static io.github.pysockets.abi.FileControl.F_OFD_SETLK;
import static io.github.pysockets.abi.FileControl.F_OFD_SETLKW;
import static io.github.pysockets.abi.FileControl.F_SETFD;
import static io.github.pysockets.abi.FileControl.F_SETFL;
import static io.github.pysockets.abi.FileControl.F_SETLK;
import static io.github.pysockets.abi.FileControl.F_SETLKW;
import static io.github.pysockets.abi.FileControl.F_SETPIPE_SZ;
import static io.github.pysockets.abi.FileControl.O_ASYNC;
import static io.github.pysockets.abi.IoControl.FIOCLEX;
import static io.github.pysockets.abi.IoControl.FIOGETOWN;
import static io.github.pysockets.abi.IoControl.FIONBIO;
import static io.github.pysockets.abi.IoControl.FIONCLEX;
import static io.github.pysockets.abi.IoControl.FIONREAD;
import static io.github.pysockets.abi.IoControl.SIOCATMARK;
import static io.github.pysockets.abi.IoControl.SIOCGIFADDR;
import static io.github.pysockets.abi.IoControl.SIOCGIFBRDADDR;
import static io.github.pysockets.abi.IoControl.SIOCGIFDSTADDR;
import static io.github.pysockets.abi.IoControl.SIOCGIFFLAGS;
import static io.github.pysockets.abi.IoControl.SIOCGIFHWADDR;
import static io.github.pysockets.abi.IoControl.SIOCGIFINDEX;
import static io.github.pysockets.abi.IoControl.SIOCGIFMAP;
import static io.github.pysockets.abi.IoControl.SIOCGIFMETRIC;
import static io.github.pysockets.abi.IoControl.SIOCGIFMTU;
import static io.github.pysockets.abi.IoControl.SIOCGIFNAME;
import static io.github.pysockets.abi.IoControl.SIOCGIFNETMASK;
import static io.github.pysockets.abi.IoControl.SIOCGIFTXQLEN;
import static io.github.pysockets.abi.IoControl.SIOCGPGRP;
import static io.github.pysockets.abi.IoControl.SIOCGSTAMP;
import static io.github.pysockets.abi.IoControl.SIOCGSTAMPNS;
import static io.github.pysockets.abi.IoControl.SIOCOUTQ;
import static io.github.pysockets.abi.IoControl.SIOCOUTQNSD;

import java.util.Set;

/**
 * The commands of fcntl(2) and requests of ioctl(2) that concern the descriptor alone. Left out are those whose
 * argument is, or holds, an address in the process's memory; those that make the kernel send signals or return a new
 * descriptor; and those that change the host.
 */
public final class DescriptorCommands {
    private static final Set<Integer> FCNTL = Set.of(
            F_DUPFD,
            F_GETFD,
            F_SETFD,
            F_GETFL,
            F_SETFL,
            F_GETOWN,
            F_GETSIG,
            F_GETLEASE,
            F_DUPFD_CLOEXEC,
            F_SETPIPE_SZ,
            F_GETPIPE_SZ,
            F_ADD_SEALS,
            F_GET_SEALS);

    private static final Set<Integer> STRUCT_FCNTL = Set.of(
            F_GETLK,
            F_SETLK,
            F_SETLKW,
            F_OFD_GETLK,
            F_OFD_SETLK,
            F_OFD_SETLKW);

    private static final Set<Long> IOCTL = Set.of(
            FIONCLEX,
            FIOCLEX);

    private static final Set<Long> STRUCT_IOCTL = Set.of(
            SIOCOUTQ,
            FIONREAD,
            FIONBIO,
            FIOGETOWN,
            SIOCGPGRP,
            SIOCATMARK,
            SIOCGSTAMP,
            SIOCGSTAMPNS,
            SIOCGIFNAME,
            SIOCGIFFLAGS,
            SIOCGIFADDR,
            SIOCGIFDSTADDR,
            SIOCGIFBRDADDR,
            SIOCGIFNETMASK,
            SIOCGIFMETRIC,
            SIOCGIFMTU,
            SIOCGIFHWADDR,
            SIOCGIFINDEX,
            SIOCGIFTXQLEN,
            SIOCOUTQNSD,
            SIOCGIFMAP);

    private DescriptorCommands() {}

    /** fcntl(2) with a number or no argument. */
    public static Reach fcntl(int command, int argument) {
        return reach(FCNTL.contains(command) && (command != F_SETFL || (argument & O_ASYNC) == 0));
    }

    /** fcntl(2) with a struct. */
    public static Reach structFcntl(int command) {
        return reach(STRUCT_FCNTL.contains(command));
    }

    /** ioctl(2) with a number or no argument. */
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
