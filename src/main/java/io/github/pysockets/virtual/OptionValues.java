package io.github.pysockets.virtual;

import static io.github.pysockets.abi.AddressFamilies.AF_INET6;
import static io.github.pysockets.abi.AddressFamilies.AF_UNIX;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_LINGER;
import static io.github.pysockets.abi.SocketOptions.SO_RCVBUF;
import static io.github.pysockets.abi.SocketOptions.SO_RCVTIMEO;
import static io.github.pysockets.abi.SocketOptions.SO_SNDBUF;
import static io.github.pysockets.abi.SocketOptions.SO_SNDTIMEO;

import io.github.pysockets.abi.Constants;
import io.github.pysockets.abi.Errno;
import io.github.pysockets.abi.Linger;
import io.github.pysockets.abi.Protocols;
import io.github.pysockets.abi.Timeval;
import io.github.pysockets.stack.StackException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** The options of one socket: those that have a meaning here, or whose meaning cannot show. */
final class OptionValues {
    /** What a number may be, by name: at least, at most, and unless set. A flag is 0 or 1, whatever it is set to. */
    private static final String TABLE = """
            socket SO_DEBUG flag 0
            socket SO_REUSEADDR flag 0
            socket SO_REUSEPORT flag 0
            socket SO_DONTROUTE flag 0
            socket SO_BROADCAST flag 0
            socket SO_KEEPALIVE flag 0
            socket SO_OOBINLINE flag 0
            socket SO_RCVLOWAT 0 2147483647 1
            socket SO_PRIORITY 0 6 0
            socket SO_TYPE fixed
            socket SO_DOMAIN fixed
            socket SO_PROTOCOL fixed
            socket SO_ERROR fixed
            socket SO_ACCEPTCONN fixed
            socket SO_SNDLOWAT fixed
            ip IP_TOS 0 255 0
            ip IP_TTL 1 255 64
            ip IP_MULTICAST_TTL 0 255 1
            ip IP_MULTICAST_LOOP flag 1
            ipv6 IPV6_V6ONLY flag 0
            ipv6 IPV6_UNICAST_HOPS -1 255 64
            ipv6 IPV6_MULTICAST_HOPS -1 255 1
            ipv6 IPV6_MULTICAST_LOOP flag 1
            ipv6 IPV6_TCLASS -1 255 0
            tcp TCP_NODELAY flag 0
            tcp TCP_QUICKACK flag 1
            tcp TCP_MAXSEG 88 32767 1460
            tcp TCP_KEEPIDLE 1 32767 7200
            tcp TCP_KEEPINTVL 1 32767 75
            tcp TCP_KEEPCNT 1 127 9
            tcp TCP_SYNCNT 1 127 6
            tcp TCP_USER_TIMEOUT 0 2147483647 0
            """;

    private static final Map<Long, Definition> DEFINITIONS = new HashMap<>();
    private static final Map<String, Long> NAMES = new TreeMap<>();

    /** Bytes of a buffer unless set: net.core.wmem_default. */
    private static final int DEFAULT_BUFFER = 212_992;
    /** TCP's buffers grow by themselves on Linux. These do not: they are as large as that may make them soon. */
    private static final int DEFAULT_TCP_BUFFER = 262_144;

    private static final int LEAST_SEND_BUFFER = 4_608;
    private static final int LEAST_RECEIVE_BUFFER = 2_304;
    /** net.core.wmem_max. Twice that is the most that is reached. */
    private static final int MOST_TO_ASK_FOR = 212_992;

    private static final int MICROS_PER_SECOND = 1_000_000;

    static {
        for (String line : TABLE.split("\n")) {
            String[] words = line.split(" ");
            long number = Constants.number(words[1]);
            NAMES.put(words[1], number);
            DEFINITIONS.put(key(level(words[0]), (int) number), Definition.of(words));
        }
        for (String name : new String[] {"SO_SNDBUF", "SO_RCVBUF", "SO_LINGER", "SO_RCVTIMEO", "SO_SNDTIMEO"}) {
            NAMES.put(name, Constants.number(name));
        }
    }

    private static int level(String word) {
        return switch (word) {
            case "socket" -> SOL_SOCKET;
            case "ip" -> Protocols.IPPROTO_IP;
            case "ipv6" -> Protocols.IPPROTO_IPV6;
            default -> Protocols.IPPROTO_TCP;
        };
    }

    private record Definition(boolean isFixed, boolean isFlag, int least, int most, int initial) {
        static Definition of(String[] words) {
            return switch (words[2]) {
                case "fixed" -> new Definition(true, false, 0, 0, 1);
                case "flag" -> new Definition(false, true, 0, 0, Integer.parseInt(words[3]));
                default -> new Definition(
                        false, false, Integer.parseInt(words[2]), Integer.parseInt(words[3]),
                        Integer.parseInt(words[4]));
            };
        }
    }

    final int family;
    final int type;
    final int protocol;

    private final Map<Long, Integer> numbers;
    private byte[] linger = Linger.off();
    private byte[] receiveTimeout = new byte[Timeval.SIZE];
    private byte[] sendTimeout = new byte[Timeval.SIZE];
    private int sendBuffer;
    private int receiveBuffer;

    OptionValues(int family, int type, int protocol) {
        this.family = family;
        this.type = type;
        this.protocol = protocol;
        numbers = new HashMap<>();
        sendBuffer = protocol == Protocols.IPPROTO_TCP ? DEFAULT_TCP_BUFFER : DEFAULT_BUFFER;
        receiveBuffer = sendBuffer;
    }

    /** A copy, for a connection that a listener accepts. */
    OptionValues(OptionValues other) {
        family = other.family;
        type = other.type;
        protocol = other.protocol;
        numbers = new HashMap<>(other.numbers);
        linger = other.linger;
        receiveTimeout = other.receiveTimeout;
        sendTimeout = other.sendTimeout;
        sendBuffer = other.sendBuffer;
        receiveBuffer = other.receiveBuffer;
    }

    /** The names of all options, and their numbers. */
    static Map<String, Long> names() {
        return NAMES;
    }

    private static long key(int level, int name) {
        return (long) level << Integer.SIZE | Integer.toUnsignedLong(name);
    }

    /** The value of an option that is a number, and in the table. */
    int number(int level, int name) {
        long key = key(level, name);
        Integer set = numbers.isEmpty() ? null : numbers.get(key);
        return set == null ? DEFINITIONS.get(key).initial : set;
    }

    boolean isOn(int level, int name) {
        return number(level, name) != 0;
    }

    int sendBuffer() {
        return sendBuffer;
    }

    int receiveBuffer() {
        return receiveBuffer;
    }

    /** Whether close throws away what was not sent, and resets the connection. */
    boolean resetsOnClose() {
        ByteBuffer fields = ByteBuffer.wrap(linger).order(ByteOrder.nativeOrder());
        return fields.getInt() != 0 && fields.getInt() == 0;
    }

    // As bytes

    /** The value of an option that is not computed; the array is the caller's. */
    byte[] read(int level, int name) throws StackException {
        if (level == SOL_SOCKET) {
            switch (name) {
                case SO_SNDBUF :
                    return bytes(sendBuffer);
                case SO_RCVBUF :
                    return bytes(receiveBuffer);
                case SO_LINGER :
                    return linger.clone();
                case SO_RCVTIMEO :
                    return receiveTimeout.clone();
                case SO_SNDTIMEO :
                    return sendTimeout.clone();
                default :
            }
        }
        definition(level, name);
        return bytes(number(level, name));
    }

    void set(int level, int name, byte[] value) throws StackException {
        if (level == SOL_SOCKET) {
            switch (name) {
                case SO_SNDBUF -> sendBuffer = Math.max(LEAST_SEND_BUFFER, doubled(value));
                case SO_RCVBUF -> receiveBuffer = Math.max(LEAST_RECEIVE_BUFFER, doubled(value));
                case SO_LINGER -> linger = struct(value, Linger.SIZE);
                case SO_RCVTIMEO -> receiveTimeout = timeval(value);
                case SO_SNDTIMEO -> sendTimeout = timeval(value);
                default -> setNumber(level, name, value);
            }
        } else {
            setNumber(level, name, value);
        }
    }

    private void setNumber(int level, int name, byte[] value) throws StackException {
        Definition definition = definition(level, name);
        if (definition.isFixed) {
            throw new StackException(Errno.ENOPROTOOPT);
        }
        int number = level != SOL_SOCKET && value.length > 0 && value.length < Integer.BYTES
                ? Byte.toUnsignedInt(value[0])
                : number(value);
        if (definition.isFlag) {
            number = number == 0 ? 0 : 1;
        } else if (number < definition.least || number > definition.most) {
            throw new StackException(Errno.EINVAL);
        }
        numbers.put(key(level, name), number);
    }

    /** @throws StackException if a socket of this kind has no such option */
    private Definition definition(int level, int name) throws StackException {
        boolean isOfKind = switch (level) {
            case SOL_SOCKET -> true;
            case Protocols.IPPROTO_IP -> family != AF_UNIX;
            case Protocols.IPPROTO_IPV6 -> family == AF_INET6;
            case Protocols.IPPROTO_TCP -> protocol == Protocols.IPPROTO_TCP;
            default -> false;
        };
        Definition definition = isOfKind ? DEFINITIONS.get(key(level, name)) : null;
        if (definition == null) {
            throw new StackException(family == AF_UNIX && level != SOL_SOCKET ? Errno.EOPNOTSUPP : Errno.ENOPROTOOPT);
        }
        return definition;
    }

    static byte[] bytes(int number) {
        return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(number).array();
    }

    /** @throws StackException EINVAL if it is too short */
    static int number(byte[] value) throws StackException {
        return ByteBuffer.wrap(struct(value, Integer.BYTES)).order(ByteOrder.nativeOrder()).getInt();
    }

    private static int doubled(byte[] value) throws StackException {
        int asked = number(value);
        return 2 * (asked < 0 ? MOST_TO_ASK_FOR : Math.min(asked, MOST_TO_ASK_FOR));
    }

    private static byte[] timeval(byte[] value) throws StackException {
        byte[] time = struct(value, Timeval.SIZE);
        long micros = ByteBuffer.wrap(time).order(ByteOrder.nativeOrder()).getLong(Long.BYTES);
        if (micros < 0 || micros >= MICROS_PER_SECOND) {
            throw new StackException(Errno.EDOM);
        }
        return time;
    }

    /** A copy of the first bytes. */
    static byte[] struct(byte[] value, int size) throws StackException {
        if (value.length < size) {
            throw new StackException(Errno.EINVAL);
        }
        return java.util.Arrays.copyOf(value, size);
    }
}
