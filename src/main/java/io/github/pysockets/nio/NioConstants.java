package io.github.pysockets.nio;

import io.github.pysockets.abi.Constants;
import java.io.IOException;
import java.net.SocketOption;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What this stack supports, by name. */
final class NioConstants {
    /**
     * Besides options. Those that end in an underscore stand for all that begin so. SOCK_RAW is what getaddrinfo
     * answers with, although no such socket can be made.
     */
    private static final String NAMES = """
            AF_INET AF_INET6 AF_UNIX AF_UNSPEC AI_ EAI_ INADDR_ IPPORT_ IPPROTO_ICMP IPPROTO_ICMPV6 IPPROTO_IP
            IPPROTO_IPV6 IPPROTO_RAW IPPROTO_TCP IPPROTO_UDP IP_DEFAULT_MULTICAST_LOOP IP_DEFAULT_MULTICAST_TTL
            MSG_DONTWAIT MSG_NOSIGNAL MSG_OOB MSG_PEEK MSG_TRUNC MSG_WAITALL NI_ PIPE_BUF POLL SHUT_ SOCK_CLOEXEC
            SOCK_DGRAM SOCK_NONBLOCK SOCK_RAW SOCK_SEQPACKET SOCK_STREAM SOL_IP SOL_SOCKET SOL_TCP
            SOL_UDP SOMAXCONN
            """;

    private NioConstants() {}

    static Map<String, Long> all() {
        return Holder.ALL;
    }

    private static Map<String, Long> find() {
        Set<SocketOption<?>> supported = new HashSet<>();
        try (NetworkChannel stream = SocketChannel.open(); NetworkChannel datagrams = DatagramChannel.open()) {
            supported.addAll(stream.supportedOptions());
            supported.addAll(datagrams.supportedOptions());
        } catch (IOException noDescriptors) {
            // Then what one has is not known. The calls will tell.
            for (NioOption option : NioOption.values()) {
                supported.add(option.javas());
            }
        }
        Set<String> exact = Set.of(NAMES.split("\\s+"));
        Map<String, Long> constants = new LinkedHashMap<>();
        Constants.all().forEach((name, number) -> {
            boolean isPart = exact.contains(name)
                    || exact.contains(name.substring(0, name.indexOf('_') + 1)) || name.startsWith("POLL");
            if (isPart || isOption(name, supported)) {
                constants.put(name, number);
            }
        });
        return Collections.unmodifiableMap(constants);
    }

    private static boolean isOption(String name, Set<SocketOption<?>> supported) {
        for (NioOption option : NioOption.values()) {
            if (option.name().equals(name)) {
                return option.javas() == null || supported.contains(option.javas());
            }
        }
        return false;
    }

    private static final class Holder {
        static final Map<String, Long> ALL = find();
    }
}
