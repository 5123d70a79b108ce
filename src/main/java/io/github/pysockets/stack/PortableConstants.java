package io.github.pysockets.stack;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The constants that every system with sockets has: those that POSIX.1-2024 requires of sys/socket.h, netdb.h,
 * netinet/in.h, netinet/tcp.h and poll.h, as far as Python has a name for them, and those of epoll(7), which is
 * part of the contract. The numbers are Linux's, as those of {@link Errno} are.
 *
 * <p>Python's {@code socket} and {@code selectors} cannot be imported with less.
 */
final class PortableConstants {
    private static final String TABLE = """
            AF_INET 2
            AF_INET6 10
            AF_UNIX 1
            AF_UNSPEC 0
            AI_ADDRCONFIG 32
            AI_ALL 16
            AI_CANONNAME 2
            AI_NUMERICHOST 4
            AI_NUMERICSERV 1024
            AI_PASSIVE 1
            AI_V4MAPPED 8
            EAI_AGAIN -3
            EAI_BADFLAGS -1
            EAI_FAIL -4
            EAI_FAMILY -6
            EAI_MEMORY -10
            EAI_NONAME -2
            EAI_OVERFLOW -12
            EAI_SERVICE -8
            EAI_SOCKTYPE -7
            EAI_SYSTEM -11
            INADDR_ANY 0
            INADDR_BROADCAST 4294967295
            IPPROTO_ICMP 1
            IPPROTO_IP 0
            IPPROTO_IPV6 41
            IPPROTO_RAW 255
            IPPROTO_TCP 6
            IPPROTO_UDP 17
            IPV6_JOIN_GROUP 20
            IPV6_LEAVE_GROUP 21
            IPV6_MULTICAST_HOPS 18
            IPV6_MULTICAST_IF 17
            IPV6_MULTICAST_LOOP 19
            IPV6_UNICAST_HOPS 16
            IPV6_V6ONLY 26
            MSG_CMSG_CLOEXEC 1073741824
            MSG_CTRUNC 8
            MSG_DONTROUTE 4
            MSG_EOR 128
            MSG_NOSIGNAL 16384
            MSG_OOB 1
            MSG_PEEK 2
            MSG_TRUNC 32
            MSG_WAITALL 256
            NI_DGRAM 16
            NI_NAMEREQD 8
            NI_NOFQDN 4
            NI_NUMERICHOST 1
            NI_NUMERICSERV 2
            SCM_RIGHTS 1
            SHUT_RD 0
            SHUT_RDWR 2
            SHUT_WR 1
            SOCK_CLOEXEC 524288
            SOCK_DGRAM 2
            SOCK_NONBLOCK 2048
            SOCK_RAW 3
            SOCK_SEQPACKET 5
            SOCK_STREAM 1
            SOL_SOCKET 1
            SOMAXCONN 4096
            SO_ACCEPTCONN 30
            SO_BROADCAST 6
            SO_DEBUG 1
            SO_DOMAIN 39
            SO_DONTROUTE 5
            SO_ERROR 4
            SO_KEEPALIVE 9
            SO_LINGER 13
            SO_OOBINLINE 10
            SO_PROTOCOL 38
            SO_RCVBUF 8
            SO_RCVLOWAT 18
            SO_RCVTIMEO 20
            SO_REUSEADDR 2
            SO_SNDBUF 7
            SO_SNDLOWAT 19
            SO_SNDTIMEO 21
            SO_TYPE 3
            TCP_NODELAY 1
            EPOLLERR 8
            EPOLLET 2147483648
            EPOLLHUP 16
            EPOLLIN 1
            EPOLLONESHOT 1073741824
            EPOLLOUT 4
            EPOLLPRI 2
            EPOLLRDHUP 8192
            EPOLL_CLOEXEC 524288
            POLLERR 8
            POLLHUP 16
            POLLIN 1
            POLLNVAL 32
            POLLOUT 4
            POLLPRI 2
            POLLRDBAND 128
            POLLRDNORM 64
            POLLWRBAND 512
            POLLWRNORM 256
            """;

    static final Map<String, Long> ALL = parse();

    private PortableConstants() {}

    private static Map<String, Long> parse() {
        Map<String, Long> constants = new LinkedHashMap<>();
        TABLE.lines().forEach(line -> {
            int space = line.indexOf(' ');
            constants.put(line.substring(0, space), Long.valueOf(line.substring(space + 1)));
        });
        return Collections.unmodifiableMap(constants);
    }
}
