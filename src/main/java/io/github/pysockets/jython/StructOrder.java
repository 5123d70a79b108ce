package io.github.pysockets.jython;

import static io.github.pysockets.abi.Protocols.IPPROTO_TCP;
import static io.github.pysockets.abi.SocketOptions.SOL_SOCKET;

import io.github.pysockets.abi.Constants;
import io.github.pysockets.abi.SocketOption;
import io.github.pysockets.abi.SocketOptions;
import io.github.pysockets.python.CallFailure;
import io.github.pysockets.python.PySocket;
import io.github.pysockets.stack.StackException;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Structs of socket options, between Jython's form and the machine's. Jython's {@code struct} knows no machine: its
 * native order is big-endian, and its C long has 4 bytes. So {@code struct.pack("ii", 1, 0)} for SO_LINGER must become
 * what setsockopt(2) reads, and the other way round.
 */
final class StructOrder {
    private static final boolean SAME_ORDER = ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN;

    private static final int INT = Integer.BYTES;
    private static final int LONG = Long.BYTES;

    private static final int SO_LINGER = number("SO_LINGER");
    private static final int SO_RCVTIMEO = number("SO_RCVTIMEO");
    private static final int SO_SNDTIMEO = number("SO_SNDTIMEO");
    private static final int SO_PEERCRED = number("SO_PEERCRED");
    private static final int TCP_INFO = number("TCP_INFO");
    private static final int IPPROTO_IPV6 = number("IPPROTO_IPV6");
    private static final int IPV6_JOIN_GROUP = number("IPV6_JOIN_GROUP");
    private static final int IPV6_LEAVE_GROUP = number("IPV6_LEAVE_GROUP");
    private static final int IPPROTO_IP = number("IPPROTO_IP");

    /** struct timeval, and Jython's "ll". */
    private static final int TIMEVAL = 2 * LONG;

    private static final int SHORT_TIMEVAL = 2 * INT;

    /** Bytes of an IPv6 address, after which struct ipv6_mreq has an index. */
    private static final int IPV6_ADDRESS = 16;

    /** Two IPv4 addresses, after which struct ip_mreqn has an index. */
    private static final int IPV4_ADDRESSES = 8;

    /** Where the ints of struct tcp_info begin, after bytes, and where 64-bit numbers begin, after the ints. */
    private static final int TCP_INFO_INTS = 8;

    private static final int TCP_INFO_LONGS = 104;

    private StructOrder() {}

    private static int number(String name) {
        return (int) Constants.number(name);
    }

    /** Returns the bytes for setsockopt(2). */
    static byte[] toNative(int level, int option, byte[] value) {
        if (isTime(level, option) && value.length == SHORT_TIMEVAL) {
            byte[] wide = new byte[TIMEVAL];
            System.arraycopy(signExtended(value, 0), 0, wide, 0, LONG);
            System.arraycopy(signExtended(value, INT), 0, wide, LONG, LONG);
            return swap(wide, 0, LONG);
        }
        return reorder(level, option, value);
    }

    /** The 8 bytes, big-endian, of an int among the bytes. */
    private static byte[] signExtended(byte[] value, int at) {
        byte[] wide = new byte[LONG];
        Arrays.fill(wide, 0, INT, (byte) (value[at] < 0 ? -1 : 0));
        System.arraycopy(value, at, wide, INT, INT);
        return wide;
    }

    /** Reads an option as getsockopt(2) does, and returns at most {@code size} bytes in Jython's form. */
    static byte[] read(PySocket socket, int level, int option, int size) throws StackException, CallFailure {
        if (isTime(level, option) && size == SHORT_TIMEVAL) {
            byte[] wide = reorder(level, option, read(socket, level, option, new byte[TIMEVAL]));
            byte[] value = new byte[SHORT_TIMEVAL];
            System.arraycopy(wide, LONG - INT, value, 0, INT);
            System.arraycopy(wide, TIMEVAL - INT, value, INT, INT);
            return value;
        }
        return reorder(level, option, read(socket, level, option, new byte[size]));
    }

    private static byte[] read(PySocket socket, int level, int option, byte[] room)
            throws StackException, CallFailure {
        return Arrays.copyOf(room, socket.getOption(level, option, room));
    }

    private static boolean isTime(int level, int option) {
        return level == SOL_SOCKET && (option == SO_RCVTIMEO || option == SO_SNDTIMEO);
    }

    /** Swaps the bytes of each number in a struct. Bytes that are no numbers, and unknown structs, stay. */
    private static byte[] reorder(int level, int option, byte[] value) {
        if (isTime(level, option)) {
            return swap(value, 0, LONG);
        }
        if (level == SOL_SOCKET && (option == SO_LINGER || option == SO_PEERCRED)) {
            return swap(value, 0, INT);
        }
        if (level == IPPROTO_IPV6 && (option == IPV6_JOIN_GROUP || option == IPV6_LEAVE_GROUP)) {
            return swap(value, IPV6_ADDRESS, INT);
        }
        if (level == IPPROTO_IP && value.length == IPV4_ADDRESSES + INT) {
            return swap(value, IPV4_ADDRESSES, INT);
        }
        if (level == IPPROTO_TCP && option == TCP_INFO) {
            int ints = Math.min(value.length, TCP_INFO_LONGS);
            byte[] start = swap(Arrays.copyOf(value, ints), TCP_INFO_INTS, INT);
            byte[] all = swap(value, TCP_INFO_LONGS, LONG);
            System.arraycopy(start, 0, all, 0, ints);
            return all;
        }
        SocketOption.Form form = SocketOptions.set(level, option).form();
        boolean isInt = form == SocketOption.Form.INT
                || SocketOptions.read(level, option).form() == SocketOption.Form.INT;
        return isInt && value.length == INT ? swap(value, 0, INT) : value;
    }

    /** Swaps the bytes of numbers of {@code size} bytes each, from {@code from} on. */
    private static byte[] swap(byte[] value, int from, int size) {
        if (SAME_ORDER) {
            return value;
        }
        byte[] swapped = value.clone();
        for (int start = from; start + size <= value.length; start += size) {
            for (int i = 0; i < size; i++) {
                swapped[start + i] = value[start + size - 1 - i];
            }
        }
        return swapped;
    }
}
