package io.github.pysockets.python;

import io.github.pysockets.abi.SocketOption;
import io.github.pysockets.abi.SocketOptions;
import io.github.pysockets.linux.LinuxStack;
import io.github.pysockets.stack.StackException;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads and sets every option number from 0 to 127 of every level, with values of many lengths, on many kinds of
 * sockets. What the kernel writes beyond the room it was given, guard bytes tell. For a process of its own.
 */
public final class OptionSweep {
    private static final int[] LENGTHS = {0, 1, 4, 8, 1_024, 65_536};
    /** Levels that are no protocol numbers of IP: from SOL_CAN_BASE on, and from SOL_RAW on. */
    private static final int CAN = 100;
    private static final int LAST_CAN = 107;
    private static final int RAW = 255;
    private static final int[] PROTOCOLS = {0, 1, 6, 17, 33, 40, 41, 58, 132, 136};

    private static final int HIGHEST_LEVEL = 290;
    private static final int HIGHEST_NAME = 127;

    /** Family, type, protocol. */
    private static final List<int[]> KINDS = List.of(
            new int[] {2, 1, 0}, // TCP
            new int[] {2, 1, 262}, // MPTCP
            new int[] {10, 2, 0}, // UDP
            new int[] {2, 3, 1}, // raw
            new int[] {2, 1, 132}, // SCTP
            new int[] {1, 1, 0}, // UNIX-domain
            new int[] {1, 2, 0},
            new int[] {16, 3, 0}, // netlink
            new int[] {17, 2, 0}, // packet
            new int[] {29, 3, 1}, // CAN
            new int[] {30, 4, 0}, // TIPC
            new int[] {38, 5, 0}, // AF_ALG
            new int[] {40, 1, 0}, // vsock
            new int[] {44, 3, 0}); // XDP

    private final SocketRuntime runtime;
    private final boolean trusted;
    private long calls;

    private OptionSweep(boolean trusted) {
        this.trusted = trusted;
        runtime = new SocketRuntime(LinuxStack.open(), Numbering.APART, trusted, () -> false, SearchRule.NEVER);
    }

    /** Tries all, with a script's rights and with all rights; gives how many calls were made. */
    public static long run() {
        long calls = 0;
        for (boolean trusted : new boolean[] {false, true}) {
            OptionSweep sweep = new OptionSweep(trusted);
            // What a script is refused does not depend on the kind of its socket.
            for (int[] kind : trusted ? KINDS : KINDS.subList(0, 3)) {
                sweep.kind(kind);
            }
            sweep.runtime.close();
            calls += sweep.calls;
        }
        return calls;
    }

    private void kind(int[] kind) {
        for (int level = 0; level <= HIGHEST_LEVEL; level++) {
            if (!isProtocol(level) && kind != KINDS.getFirst()) {
                // The kernel, which knows none of them, answers all kinds alike.
                continue;
            }
            PySocket socket;
            try {
                socket = runtime.open(kind[0], kind[1], kind[2]);
            } catch (StackException notOnThisHost) {
                return;
            }
            for (int name = 0; name <= HIGHEST_NAME; name++) {
                option(socket, level, name);
            }
            try {
                socket.close();
            } catch (CallFailure | StackException failure) {
                throw new AssertionError(failure);
            }
        }
    }

    private void option(PySocket socket, int level, int name) {
        for (int length : LENGTHS) {
            byte[] value = new byte[length];
            check(level, name, SocketOptions.read(level, name), () -> {
                int count = socket.getOption(level, name, value);
                if (count < 0 || count > length) {
                    throw new AssertionError(level + " " + name + " " + length + ": " + count);
                }
            });
            check(level, name, SocketOptions.set(level, name), () -> socket.setOption(level, name, new byte[length]));
        }
        check(level, name, SocketOptions.read(level, name), () -> socket.getOption(level, name));
        check(level, name, SocketOptions.set(level, name), () -> socket.setOption(level, name, 1));
        check(level, name, SocketOptions.set(level, name), () -> socket.setOptionLength(level, name, 8));
    }

    private static boolean isProtocol(int level) {
        return level >= CAN && level <= LAST_CAN || level >= RAW
                || IntStream.of(PROTOCOLS).anyMatch(one -> one == level);
    }

    @FunctionalInterface
    private interface Call {
        void make() throws CallFailure, StackException;
    }

    /** A call whose option reaches further than the socket is not made, unless all rights are there. */
    private void check(int level, int name, SocketOption option, Call call) {
        calls++;
        int outcome = 0;
        try {
            call.make();
        } catch (StackException failure) {
            outcome = -failure.errno();
        } catch (CallFailure failure) {
            outcome = failure.code();
        }
        int refusal = switch (option.reach()) {
            case SOCKET -> 0;
            case PROCESS -> Codes.NOT_PERMITTED;
            case UNKNOWN -> Codes.NOT_KNOWN;
        };
        boolean isRefusal = outcome == Codes.NOT_PERMITTED || outcome == Codes.NOT_KNOWN;
        boolean expected = trusted || refusal == 0 ? !isRefusal : outcome == refusal;
        if (!expected) {
            throw new AssertionError("level " + level + ", option " + name + ": " + outcome);
        }
    }
}
