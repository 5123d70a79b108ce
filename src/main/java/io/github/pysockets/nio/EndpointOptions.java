package io.github.pysockets.nio;

import static io.github.pysockets.abi.AddressFamilies.AF_INET6;
import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.Protocols.IPPROTO_IP;
import static io.github.pysockets.abi.Protocols.IPPROTO_IPV6;
import static io.github.pysockets.abi.Protocols.IPPROTO_TCP;
import static io.github.pysockets.abi.Protocols.IPPROTO_UDP;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;

import io.github.pysockets.abi.Errno;
import io.github.pysockets.abi.Linger;
import io.github.pysockets.abi.Timeval;
import io.github.pysockets.nio.ExceptionErrno.Call;
import io.github.pysockets.nio.NioOption.Kind;
import io.github.pysockets.stack.StackException;
import java.io.IOException;
import java.net.SocketOption;
import java.nio.channels.NetworkChannel;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * The options of one endpoint. What its channel knows is asked there. The rest is kept here, as is what was chosen, for
 * the channel that takes this one's place and for those that are accepted.
 *
 * <p>All calls are made with the endpoint's lock held.
 */
final class EndpointOptions {
    private static final int MICROSECONDS = 1_000_000;
    private static final int LONGEST_LINGER = 65_535;
    private static final int LARGEST_KEEPALIVE = 32_767;
    private static final int MOST_PROBES = 127;
    private static final int LARGEST_BYTE = 255;
    /** net.core.wmem_default, and the most that may be asked for. */
    private static final int DEFAULT_BUFFER = 212_992;
    private static final int LEAST_SEND_BUFFER = 4_608;
    private static final int LEAST_RECEIVE_BUFFER = 2_304;

    private final NioEndpoint endpoint;
    private final int family;
    private final int type;
    private final int protocol;
    /** What was set here. */
    private final Map<NioOption, byte[]> chosen = new EnumMap<>(NioOption.class);
    /** What an earlier channel had, and this one knows nothing of. */
    private final Map<NioOption, byte[]> found = new EnumMap<>(NioOption.class);

    EndpointOptions(NioEndpoint endpoint, int family, int type, int protocol) {
        this.endpoint = endpoint;
        this.family = family;
        this.type = type;
        this.protocol = protocol;
    }

    int type() {
        return type;
    }

    int protocol() {
        return protocol;
    }

    /** Whether the socket's protocols have options of this level. */
    private boolean hasLevel(int level) {
        return switch (level) {
            case SOL_SOCKET -> true;
            case IPPROTO_IP -> family != AF_UNIX;
            case IPPROTO_IPV6 -> family == AF_INET6;
            case IPPROTO_TCP, IPPROTO_UDP -> level == protocol;
            default -> false;
        };
    }

    private NioOption option(int level, int name) throws StackException {
        NioOption option = NioOption.of(level, name);
        if (option == null || !option.isFor(family, type)) {
            throw new StackException(Errno.ENOPROTOOPT);
        }
        return option;
    }

    private NioOption readable(int level, int name) throws StackException {
        if (!hasLevel(level)) {
            throw new StackException(family == AF_INET6 ? Errno.ENOPROTOOPT : Errno.EOPNOTSUPP);
        }
        return option(level, name);
    }

    private void requireLevelToSet(int level) throws StackException {
        if (!hasLevel(level)) {
            throw new StackException(family == AF_UNIX ? Errno.EOPNOTSUPP : Errno.ENOPROTOOPT);
        }
    }

    // getsockopt

    int get(int level, int name) throws StackException {
        byte[] value = value(readable(level, name));
        return OptionBytes.intAt(Arrays.copyOf(value, Math.max(value.length, Integer.BYTES)), 0);
    }

    int get(int level, int name, byte[] into) throws StackException {
        NioOption option = readable(level, name);
        byte[] value = value(option);
        if (option.mayBeByte() && into.length > 0 && into.length < Integer.BYTES) {
            int number = OptionBytes.intAt(value, 0);
            if (number >= 0 && number <= LARGEST_BYTE) {
                into[0] = (byte) number;
                return 1;
            }
        }
        int length = Math.min(value.length, into.length);
        System.arraycopy(value, 0, into, 0, length);
        return length;
    }

    private byte[] value(NioOption option) throws StackException {
        return switch (option) {
            case SO_TYPE -> OptionBytes.of(type);
            case SO_PROTOCOL -> OptionBytes.of(protocol);
            case SO_DOMAIN -> OptionBytes.of(family);
            case SO_ACCEPTCONN -> OptionBytes.of(endpoint.isListening() ? 1 : 0);
            case SO_ERROR -> OptionBytes.of(endpoint.takeError());
            case SO_RCVTIMEO, SO_SNDTIMEO -> chosen.getOrDefault(option, new byte[Timeval.SIZE]);
            case IP_MULTICAST_IF, IPV6_MULTICAST_IF -> chosen.getOrDefault(option, new byte[Integer.BYTES]);
            default -> {
                if (option.kind() == Kind.GROUP) {
                    throw new StackException(Errno.ENOPROTOOPT);
                }
                yield current(option);
            }
        };
    }

    private byte[] current(NioOption option) throws StackException {
        NetworkChannel channel = endpoint.networkChannel();
        if (channel == null) {
            return withoutChannel(option);
        }
        if (option.javas() != null && channel.supportedOptions().contains(option.javas())) {
            byte[] mine = option.kind() == Kind.LINGER ? chosen.get(option) : null;
            return mine != null ? mine : read(channel, option);
        }
        byte[] kept = chosen.getOrDefault(option, found.get(option));
        if (kept != null) {
            return kept;
        }
        if (!option.isNoted() && !endpoint.isListening()) {
            throw new StackException(Errno.ENOPROTOOPT);
        }
        return new byte[option.kind() == Kind.LINGER ? Linger.SIZE : Integer.BYTES];
    }

    /** A pair in memory has its buffers, and no other option that would have an effect. */
    private byte[] withoutChannel(NioOption option) {
        if (option.kind() == Kind.BUFFER) {
            return OptionBytes.of(bufferOfMessages(option));
        }
        return chosen.getOrDefault(option, new byte[option.kind() == Kind.LINGER ? Linger.SIZE : Integer.BYTES]);
    }

    /**
     * SO_SNDBUF where there is no channel: Linux has twice what was asked for, within its limits. May be called without
     * the lock: what is set meanwhile counts, or not yet.
     */
    int bufferOfMessages() {
        return bufferOfMessages(NioOption.SO_SNDBUF);
    }

    private int bufferOfMessages(NioOption option) {
        byte[] asked = chosen.get(option);
        int least = option == NioOption.SO_SNDBUF ? LEAST_SEND_BUFFER : LEAST_RECEIVE_BUFFER;
        return asked == null
                ? DEFAULT_BUFFER
                : Math.max(least, 2 * Math.min(OptionBytes.intAt(asked, 0), DEFAULT_BUFFER));
    }

    private byte[] read(NetworkChannel channel, NioOption option) throws StackException {
        try {
            return switch (channel.getOption(option.javas())) {
                case Boolean flag -> OptionBytes.of(flag ? 1 : 0);
                case Integer number -> switch (option.kind()) {
                    // Java takes back what Linux adds for itself.
                    case BUFFER -> OptionBytes.of(number > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE : 2 * number);
                    case LINGER -> number < 0 ? Linger.off() : OptionBytes.of(1, number);
                    default -> OptionBytes.of(number);
                };
                case null, default -> OptionBytes.of(0);
            };
        } catch (IOException | RuntimeException failure) {
            throw endpoint.failed(failure, Call.OPTION);
        }
    }

    // setsockopt

    void set(int level, int name, byte[] value) throws StackException {
        NioOption option = known(level, name, value);
        switch (option.kind()) {
            case FACT -> throw new StackException(Errno.ENOPROTOOPT);
            case GROUP -> multicast().change(option, value);
            case INTERFACE -> {
                if (multicast().choose(option, value)) {
                    chosen.put(option, Multicast.chosen(option, value));
                }
            }
            case TIME -> chosen.put(option, time(value));
            case NOTE -> {
                if (endpoint.isBound()) {
                    throw new StackException(Errno.EINVAL);
                }
                chosen.put(option, OptionBytes.of(number(option, value) == 0 ? 0 : 1));
            }
            default -> {
                byte[] normal = normal(option, value);
                apply(endpoint.networkChannel(), option, normal);
                chosen.put(option, normal);
            }
        }
    }

    /** Linux looks at the length first where it would take a C int. */
    private NioOption known(int level, int name, byte[] value) throws StackException {
        requireLevelToSet(level);
        if ((level == SOL_SOCKET || level == IPPROTO_TCP) && value.length < Integer.BYTES) {
            throw new StackException(Errno.EINVAL);
        }
        return option(level, name);
    }

    /** Sets an option to a length without a value, which all options here need. */
    void setLength(int level, int name, int length) throws StackException {
        requireLevelToSet(level);
        if (level != SOL_SOCKET && level != IPPROTO_TCP) {
            option(level, name);
        }
        throw new StackException(length < Integer.BYTES ? Errno.EINVAL : Errno.EFAULT);
    }

    private Multicast multicast() throws StackException {
        if (endpoint instanceof DatagramEndpoint datagrams) {
            return datagrams.multicast();
        }
        throw new StackException(Errno.ENOPROTOOPT);
    }

    private static byte[] time(byte[] value) throws StackException {
        if (value.length < Timeval.SIZE) {
            throw new StackException(Errno.EINVAL);
        }
        long microseconds = OptionBytes.longAt(value, Long.BYTES);
        if (microseconds < 0 || microseconds >= MICROSECONDS) {
            throw new StackException(Errno.EDOM);
        }
        boolean isOver = OptionBytes.longAt(value, 0) < 0;
        return isOver ? new byte[Timeval.SIZE] : Arrays.copyOf(value, Timeval.SIZE);
    }

    private static int number(NioOption option, byte[] value) throws StackException {
        if (value.length >= Integer.BYTES) {
            return OptionBytes.intAt(value, 0);
        }
        if (option.mayBeByte() && value.length > 0) {
            return Byte.toUnsignedInt(value[0]);
        }
        if (option == NioOption.IP_TOS) {
            return 0;
        }
        throw new StackException(Errno.EINVAL);
    }

    /** The value as it is kept and reported. */
    private static byte[] normal(NioOption option, byte[] value) throws StackException {
        if (option.kind() == Kind.LINGER) {
            if (value.length < Linger.SIZE) {
                throw new StackException(Errno.EINVAL);
            }
            return OptionBytes.of(OptionBytes.intAt(value, 0) == 0 ? 0 : 1, OptionBytes.intAt(value, Integer.BYTES));
        }
        int number = number(option, value);
        if (option == NioOption.IPV6_MULTICAST_LOOP && number != 0 && number != 1) {
            throw new StackException(Errno.EINVAL);
        }
        return OptionBytes.of(switch (option.kind()) {
            case FLAG -> number == 0 ? 0 : 1;
            // Linux takes a negative size for a huge one, and has a limit.
            case BUFFER -> number < 0 || number > Integer.MAX_VALUE / 2 ? Integer.MAX_VALUE / 2 : number;
            default -> inRange(option, number);
        });
    }

    private static int inRange(NioOption option, int number) throws StackException {
        int lowest = 1;
        int highest = switch (option) {
            case TCP_KEEPIDLE, TCP_KEEPINTVL -> LARGEST_KEEPALIVE;
            case TCP_KEEPCNT -> MOST_PROBES;
            default -> {
                lowest = 0;
                yield LARGEST_BYTE;
            }
        };
        boolean isDefault = number == -1 && lowest == 0 && option != NioOption.IP_TOS;
        if (isDefault) {
            return option == NioOption.IPV6_TCLASS ? 0 : 1;
        }
        if (option == NioOption.IP_TOS) {
            return number & LARGEST_BYTE;
        }
        if (number < lowest || number > highest) {
            throw new StackException(Errno.EINVAL);
        }
        return number;
    }

    /** Sets it where the channel has it. */
    private void apply(NetworkChannel channel, NioOption option, byte[] value) throws StackException {
        if (channel == null) {
            return;
        }
        if (!channel.supportedOptions().contains(option.javas())) {
            if (!option.isNoted() && !endpoint.isListening()) {
                throw new StackException(Errno.ENOPROTOOPT);
            }
            return;
        }
        int number = OptionBytes.intAt(value, 0);
        try {
            switch (option.kind()) {
                case FLAG -> write(channel, option.javas(), number != 0);
                case LINGER -> write(channel, option.javas(), number == 0 ? -1 : linger(value));
                default -> write(channel, option.javas(), number);
            }
        } catch (IOException | RuntimeException failure) {
            throw endpoint.failed(failure, Call.OPTION);
        }
    }

    private static int linger(byte[] value) {
        int seconds = OptionBytes.intAt(value, Integer.BYTES);
        return seconds < 0 ? LONGEST_LINGER : Math.min(seconds, LONGEST_LINGER);
    }

    @SuppressWarnings("unchecked")
    private static <T> void write(NetworkChannel channel, SocketOption<?> option, T value) throws IOException {
        channel.setOption((SocketOption<T>) option, value);
    }

    // From channel to channel

    /** Remembers what the next channel will not know. */
    void keep(NetworkChannel before, NetworkChannel next) {
        for (NioOption option : NioOption.values()) {
            boolean isLost = option.javas() != null && option.kind() != Kind.INTERFACE
                    && before.supportedOptions().contains(option.javas())
                    && !next.supportedOptions().contains(option.javas());
            if (isLost) {
                try {
                    found.put(option, read(before, option));
                } catch (StackException unknown) {
                    found.remove(option);
                }
            }
        }
    }

    /** Gives a new channel what was chosen for an earlier one. What it refuses now was taken before, and is lost. */
    void applyTo(NetworkChannel next) {
        chosen.forEach((option, value) -> {
            if (option.javas() != null && option.kind() != Kind.INTERFACE
                    && next.supportedOptions().contains(option.javas())) {
                try {
                    apply(next, option, value);
                } catch (StackException refused) {
                    // As said.
                }
            }
        });
    }

    /** What the listening socket was given for its connections, and its channel has not. */
    void inheritTo(EndpointOptions accepted, NetworkChannel listener) {
        chosen.forEach((option, value) -> {
            if (option.javas() == null && option.kind() != Kind.GROUP) {
                accepted.note(option, value);
            } else if (!listener.supportedOptions().contains(option.javas()) || option.kind() == Kind.LINGER) {
                accepted.inherit(option, value);
            }
        });
    }

    private void note(NioOption option, byte[] value) {
        chosen.put(option, value);
    }

    private void inherit(NioOption option, byte[] value) {
        try {
            apply(endpoint.networkChannel(), option, value);
            chosen.put(option, value);
        } catch (StackException refused) {
            // The peer may be gone.
        }
    }

    /** Whether SO_REUSEADDR was set. Java sets it for listening sockets by itself. */
    boolean mayReuseAddress() {
        return isChosen(NioOption.SO_REUSEADDR);
    }

    /**
     * Whether the socket is to be of IPv6 only. Java has no such sockets, but an address of IPv6 other than "any" can
     * only be reached by IPv6.
     */
    boolean isOfIpv6Only() {
        return isChosen(NioOption.IPV6_V6ONLY);
    }

    private boolean isChosen(NioOption flag) {
        byte[] value = chosen.get(flag);
        return value != null && OptionBytes.intAt(value, 0) != 0;
    }
}
