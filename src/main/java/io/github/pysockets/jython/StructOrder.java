package io.github.pysockets.jython;

import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;
import static io.github.pysockets.abi.SocketOptions.SO_RCVTIMEO;
import static io.github.pysockets.abi.SocketOptions.SO_SNDTIMEO;

import io.github.pysockets.abi.Constants;
import io.github.pysockets.abi.SocketOption.Form;
import io.github.pysockets.abi.SocketOptions;
import io.github.pysockets.python.CallFailure;
import io.github.pysockets.python.PySocket;
import io.github.pysockets.stack.StackException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Structs of socket options, between Jython's form and the machine's. Jython's {@code struct} knows no machine: its
 * native order is big-endian, and its C long has 4 bytes. So {@code struct.pack("ii", 1, 0)} for SO_LINGER must become
 * what setsockopt(2) reads, and the other way round.
 */
final class StructOrder {
    private static final boolean SAME_ORDER = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

    /** struct timeval, and what Jython's "ll" makes of it. */
    private static final int TIMEVAL = 2 * Long.BYTES;

    private static final int SHORT_TIMEVAL = 2 * Integer.BYTES;

    /**
     * Level, option, and what its struct has, as the module struct writes it without padding: x for a byte that is no
     * number, as in addresses, h, i and q for numbers of 2, 4 and 8 bytes. A value may be shorter or longer.
     */
    private static final String LAYOUTS = """
            SOL_SOCKET SO_LINGER 2i
            SOL_SOCKET SO_PEERCRED 3i
            SOL_SOCKET SO_RCVTIMEO 2q
            SOL_SOCKET SO_SNDTIMEO 2q
            IPPROTO_IP IP_ADD_MEMBERSHIP 8xi
            IPPROTO_IP IP_DROP_MEMBERSHIP 8xi
            IPPROTO_IP IP_MULTICAST_IF 8xi
            IPPROTO_IPV6 IPV6_JOIN_GROUP 16xi
            IPPROTO_IPV6 IPV6_LEAVE_GROUP 16xi
            IPPROTO_IPV6 IPV6_PKTINFO 16xi
            IPPROTO_TCP TCP_INFO 8x24i4q6i4q2i2q6i2hi
            """;

    private static final Pattern ITEMS = Pattern.compile("(\\d*)([xhiq])");

    private static final int[] NONE = {};
    private static final int[] NUMBER = {Integer.BYTES};

    private static final Map<Option, int[]> SIZES = new HashMap<>();

    static {
        for (String line : LAYOUTS.split("\n")) {
            String[] words = line.split(" ");
            SIZES.put(new Option(number(words[0]), number(words[1])), sizes(words[2]));
        }
    }

    private record Option(int level, int name) {}

    private StructOrder() {}

    private static int number(String name) {
        return (int) Constants.number(name);
    }

    /** The sizes of a struct's items, in bytes, one after another. */
    private static int[] sizes(String layout) {
        return ITEMS.matcher(layout).results().flatMapToInt(StructOrder::sizes).toArray();
    }

    private static IntStream sizes(MatchResult item) {
        int count = item.group(1).isEmpty() ? 1 : Integer.parseInt(item.group(1));
        int size = switch (item.group(2)) {
            case "h" -> Short.BYTES;
            case "i" -> Integer.BYTES;
            case "q" -> Long.BYTES;
            default -> 1;
        };
        return IntStream.generate(() -> size).limit(count);
    }

    /** Returns the bytes for setsockopt(2). */
    static byte[] toNative(int level, int option, byte[] value) {
        if (isTime(level, option) && value.length == SHORT_TIMEVAL) {
            ByteBuffer time = ByteBuffer.wrap(value);
            return ByteBuffer.allocate(TIMEVAL)
                    .order(ByteOrder.nativeOrder())
                    .putLong(time.getInt())
                    .putLong(time.getInt())
                    .array();
        }
        return reorder(level, option, value);
    }

    /** Reads an option as getsockopt(2) does, and returns at most {@code size} bytes in Jython's form. */
    static byte[] read(PySocket socket, int level, int option, int size) throws StackException, CallFailure {
        if (isTime(level, option) && size == SHORT_TIMEVAL) {
            byte[] wide = new byte[TIMEVAL];
            socket.getOption(level, option, wide);
            ByteBuffer time = ByteBuffer.wrap(wide).order(ByteOrder.nativeOrder());
            return ByteBuffer.allocate(SHORT_TIMEVAL)
                    .putInt((int) time.getLong())
                    .putInt((int) time.getLong())
                    .array();
        }
        byte[] room = new byte[size];
        int count = socket.getOption(level, option, room);
        return reorder(level, option, Arrays.copyOf(room, count));
    }

    private static boolean isTime(int level, int option) {
        return level == SOL_SOCKET && (option == SO_RCVTIMEO || option == SO_SNDTIMEO);
    }

    /** Turns the bytes of each number in a struct around. Bytes that are no numbers, and unknown structs, stay. */
    private static byte[] reorder(int level, int option, byte[] value) {
        if (SAME_ORDER) {
            return value;
        }
        byte[] turned = value.clone();
        int at = 0;
        for (int size : sizes(level, option, value.length)) {
            if (at + size > value.length) {
                break;
            }
            for (int i = 0; i < size; i++) {
                turned[at + i] = value[at + size - 1 - i];
            }
            at += size;
        }
        return turned;
    }

    private static int[] sizes(int level, int option, int length) {
        int[] known = SIZES.get(new Option(level, option));
        if (known != null) {
            return known;
        }
        boolean isNumber = isNumber(SocketOptions.set(level, option).form())
                || isNumber(SocketOptions.read(level, option).form());
        return isNumber && length == Integer.BYTES ? NUMBER : NONE;
    }

    private static boolean isNumber(Form form) {
        return form == Form.INT || form == Form.DESCRIPTOR;
    }
}
