package io.github.pysockets.faults;

import io.github.pysockets.stack.NameServiceException.Range;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What can become of each call, by the manual page of the system call behind it. */
public final class FaultTable {
    /**
     * A line for each call of the stack: its name, then its faults.
     *
     * <pre>
     *   ENAME       fails with it, in place of the call
     *   +ENAME      the call is done, and then fails with it
     *   one, half   moves so many of the bytes
     *   not-yet     nothing is ready, though something is
     *   spurious    all is ready, though nothing may be
     *   +POLLNAME   is ready for this too
     *   EAI_NAME, HOST_NAME  a name service's failure
     * </pre>
     *
     * <p>EINTR is not here but for close(2): a stack repeats what was interrupted. Nor is EFAULT: no address of a
     * script's gets that far.
     */
    private static final String TABLE =
            """
                    socket          EACCES EAFNOSUPPORT EINVAL EMFILE ENFILE ENOBUFS ENOMEM EPROTONOSUPPORT
                    socketpair      EAFNOSUPPORT EMFILE ENFILE ENOMEM EOPNOTSUPP EPROTONOSUPPORT
                    bind            EACCES EADDRINUSE EADDRNOTAVAIL EBADF EINVAL ENOTSOCK ELOOP ENAMETOOLONG ENOENT
                    bind            ENOMEM
                    bind            ENOTDIR EROFS
                    listen          EADDRINUSE EBADF ENOTSOCK EOPNOTSUPP
                    accept          EAGAIN EBADF ECONNABORTED EINVAL EMFILE ENFILE ENOBUFS ENOMEM ENOTSOCK EOPNOTSUPP
                    accept          EPERM EPROTO ENETDOWN ENOPROTOOPT EHOSTDOWN ENONET EHOSTUNREACH ENETUNREACH
                    connect         EACCES EPERM EADDRINUSE EADDRNOTAVAIL EAFNOSUPPORT EALREADY EBADF ECONNREFUSED
                    connect         EISCONN
                    connect         ENETUNREACH ENOTSOCK EPROTOTYPE ETIMEDOUT EHOSTUNREACH ENOENT EAGAIN
                    send            EACCES EAGAIN EALREADY EBADF ECONNRESET EDESTADDRREQ EINVAL EISCONN EMSGSIZE
                    send            ENOBUFS
                    send            ENOMEM ENOTCONN ENOTSOCK EOPNOTSUPP EPIPE ETIMEDOUT one half
                    sendTo          EACCES EAGAIN EBADF ECONNREFUSED EDESTADDRREQ EINVAL EISCONN EMSGSIZE ENOBUFS
                    sendTo          ENOMEM
                    sendTo          ENOTSOCK EOPNOTSUPP EPERM ENETUNREACH one half
                    sendMessage     EACCES EAGAIN EBADF ECONNRESET EINVAL EMSGSIZE ENOBUFS ENOMEM ENOTSOCK
                    sendMessage     EOPNOTSUPP EPIPE
                    sendMessage     ETOOMANYREFS one half
                    recv            EAGAIN EBADF ECONNREFUSED ECONNRESET EINVAL ENOMEM ENOTCONN ENOTSOCK ETIMEDOUT
                    recv            one half
                    recvFrom        EAGAIN EBADF ECONNREFUSED EINVAL ENOMEM ENOTSOCK one half
                    receiveMessage  EAGAIN EBADF ECONNRESET EINVAL EMSGSIZE ENOMEM ENOTSOCK one half
                    read            EAGAIN EBADF ECONNRESET EINVAL EIO EISDIR one half
                    write           EAGAIN EBADF EDESTADDRREQ EDQUOT EFBIG EINVAL EIO ENOSPC EPERM EPIPE one half
                    sendFile        EAGAIN EBADF EINVAL EIO ENOMEM EOVERFLOW ESPIPE EPIPE ECONNRESET one half
                    shutdown        EBADF EINVAL ENOTCONN ENOTSOCK
                    close           +EIO +EINTR +ENOSPC +EDQUOT +ECONNRESET
                    localAddress    EBADF EINVAL ENOBUFS ENOTSOCK
                    peerAddress     EBADF EINVAL ENOBUFS ENOTCONN ENOTSOCK
                    getOption       EBADF EINVAL ENOPROTOOPT ENOTSOCK
                    setOption       EBADF EINVAL ENOPROTOOPT ENOTSOCK ENOMEM
                    setNonBlocking  EBADF EPERM
                    isNonBlocking   EBADF
                    setInheritable  EBADF
                    isInheritable   EBADF
                    duplicate       EBADF EMFILE
                    fcntl           EACCES EAGAIN EBADF EBUSY EDEADLK EINVAL EMFILE ENOLCK EPERM
                    ioctl           EBADF EINVAL ENOTTY
                    status          EBADF ENOMEM EACCES
                    identity        EBADF ENOMEM EACCES
                    newPoller       EMFILE ENFILE ENODEV ENOMEM EINVAL
                    poll            EINVAL ENOMEM not-yet spurious +POLLERR +POLLHUP
                    newEpoll        EINVAL EMFILE ENFILE ENOMEM
                    control         EBADF EEXIST EINVAL ELOOP ENOENT ENOMEM ENOSPC EPERM
                    ready           EBADF EINVAL not-yet
                    getaddrinfo     EAI_ADDRFAMILY EAI_AGAIN EAI_BADFLAGS EAI_FAIL EAI_FAMILY EAI_MEMORY EAI_NODATA
                    getaddrinfo     EAI_NONAME EAI_SERVICE EAI_SOCKTYPE EMFILE EIO
                    getnameinfo     EAI_AGAIN EAI_BADFLAGS EAI_FAIL EAI_FAMILY EAI_MEMORY EAI_NONAME EAI_OVERFLOW EIO
                    gethostbyname   HOST_NOT_FOUND HOST_NO_DATA HOST_NO_RECOVERY HOST_TRY_AGAIN EIO
                    gethostbyaddr   HOST_NOT_FOUND HOST_NO_DATA HOST_NO_RECOVERY HOST_TRY_AGAIN EIO
                    hostName        EINVAL ENAMETOOLONG
                    interfaces      ENOBUFS EMFILE ENOMEM
                    interfaceName   ENXIO EMFILE
                    """;

    private static final Map<String, Integer> ERRNOS = numbers(
            """
                    EPERM=1 ENOENT=2 EINTR=4 EIO=5 ENXIO=6 EBADF=9 EAGAIN=11 ENOMEM=12 EACCES=13 EBUSY=16 EEXIST=17
                    ENODEV=19 ENOTDIR=20 EISDIR=21 EINVAL=22 ENFILE=23 EMFILE=24 ENOTTY=25 EFBIG=27 ENOSPC=28 ESPIPE=29
                    EROFS=30 EPIPE=32 EDEADLK=35 ENAMETOOLONG=36 ENOLCK=37 ELOOP=40 ENONET=64 EPROTO=71 EOVERFLOW=75
                    ENOTSOCK=88 EDESTADDRREQ=89 EMSGSIZE=90 EPROTOTYPE=91 ENOPROTOOPT=92 EPROTONOSUPPORT=93
                    EOPNOTSUPP=95 EAFNOSUPPORT=97 EADDRINUSE=98 EADDRNOTAVAIL=99 ENETDOWN=100 ENETUNREACH=101
                    ECONNABORTED=103 ECONNRESET=104 ENOBUFS=105 EISCONN=106 ENOTCONN=107 ETOOMANYREFS=109 ETIMEDOUT=110
                    ECONNREFUSED=111 EHOSTDOWN=112 EHOSTUNREACH=113 EALREADY=114 EINPROGRESS=115 EDQUOT=122
                    """);

    private static final Map<String, Integer> EAI = numbers(
            """
                    EAI_BADFLAGS=-1 EAI_NONAME=-2 EAI_AGAIN=-3 EAI_FAIL=-4 EAI_NODATA=-5 EAI_FAMILY=-6 EAI_SOCKTYPE=-7
                    EAI_SERVICE=-8 EAI_ADDRFAMILY=-9 EAI_MEMORY=-10 EAI_OVERFLOW=-12
                    """);

    private static final Map<String, Integer> H_ERRNO =
            numbers("HOST_NOT_FOUND=1 HOST_TRY_AGAIN=2 HOST_NO_RECOVERY=3 HOST_NO_DATA=4");

    private static final Map<String, Integer> EVENTS = numbers("POLLERR=8 POLLHUP=16");

    private static final Map<String, Map<String, Fault>> FAULTS = read();

    private FaultTable() {}

    /** The faults of a call, each by its word in the table; none where the call cannot fail. */
    public static Map<String, Fault> of(String call) {
        return FAULTS.getOrDefault(call, Map.of());
    }

    /** All calls that can fail. */
    public static List<String> calls() {
        return List.copyOf(FAULTS.keySet());
    }

    /** The number of an errno. */
    public static int errno(String name) {
        return ERRNOS.get(name);
    }

    private static Map<String, Integer> numbers(String text) {
        return Arrays.stream(text.strip().split("\\s+"))
                .map(word -> word.split("="))
                .collect(Collectors.toMap(word -> word[0], word -> Integer.valueOf(word[1])));
    }

    private static Map<String, Map<String, Fault>> read() {
        Map<String, Map<String, Fault>> faults = new LinkedHashMap<>();
        for (String line : TABLE.split("\n")) {
            List<String> words = new ArrayList<>(List.of(line.strip().split("\\s+")));
            Map<String, Fault> ofCall = faults.computeIfAbsent(words.removeFirst(), _ -> new LinkedHashMap<>());
            words.forEach(word -> ofCall.put(word, fault(word)));
        }
        return faults;
    }

    private static Fault fault(String word) {
        boolean isAfterwards = word.startsWith("+");
        String name = isAfterwards ? word.substring(1) : word;
        if (ERRNOS.containsKey(name)) {
            int errno = ERRNOS.get(name);
            return isAfterwards ? new Fault.FailsAfterwards(errno) : new Fault.Fails(errno);
        }
        if (EVENTS.containsKey(name)) {
            return new Fault.Besides(EVENTS.get(name));
        }
        if (EAI.containsKey(name)) {
            return new Fault.Unanswered(Range.EAI, EAI.get(name));
        }
        if (H_ERRNO.containsKey(name)) {
            return new Fault.Unanswered(Range.H_ERRNO, H_ERRNO.get(name));
        }
        return switch (name) {
            case "one" -> new Fault.Short(Integer.MAX_VALUE);
            case "half" -> new Fault.Short(2);
            case "not-yet" -> new Fault.NotYet();
            case "spurious" -> new Fault.Spurious();
            default -> throw new IllegalArgumentException("no fault: " + name);
        };
    }
}
