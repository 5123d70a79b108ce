package io.github.pysockets.faults;

import io.github.pysockets.faults.Expected;
import io.github.pysockets.faults.Fault;
import io.github.pysockets.faults.FaultTable;
import io.github.pysockets.faults.Raised;
import io.github.pysockets.linux.LinuxStack;
import java.util.List;
import java.util.Set;

/** Whether what a scenario raised is right for a fault. Nothing always is: then all bytes came as they should. */
public final class FaultJudge {
    /** What a program meets whose other end has failed. */
    private static final Set<String> CONSEQUENCES = Set.of("builtins.EOFError", "builtins.ConnectionResetError",
            "builtins.BrokenPipeError", "builtins.ConnectionAbortedError", "builtins.ConnectionRefusedError",
            "ssl.SSLEOFError", "ssl.SSLZeroReturnError");

    private static final int ENOTCONN = 107;

    /** CPython reads and writes by SSL_read_ex and SSL_write_ex, and then takes a failing system call for an end. */
    private static final Raised ENDED =
            new Raised("ssl.SSLEOFError", 8, "EOF occurred in violation of protocol (_ssl)");

    private static final String NOT_OWN = ", or not one of the script's own";

    private static final Set<Integer> CLOSED_BEHIND =
            Set.of(FaultTable.errno("EBADF"), FaultTable.errno("ENOTSOCK"));

    private static final Set<String> BY_NUMBER = Set.of("by_number", "epoll_by_number", "passed_descriptors");

    private static final Expected EXPECTED = new Expected(LinuxStack.open());

    private FaultJudge() {}

    /** Null where nothing is to be raised. */
    private static Raised of(String scenario, String call, Fault fault) {
        Raised expected = EXPECTED.of(call, fault);
        // A peer that reset the connection is no failure of a socket's close, but one of os.close.
        return call.equals("close") && expected.errno() == FaultTable.errno("ECONNRESET")
                && !BY_NUMBER.contains(scenario)
                        ? null
                        : expected;
    }

    /** What is wrong; null for nothing. */
    public static String complaint(String scenario, String call, Fault fault, boolean hasHappened,
            List<Raised> raised) {
        Raised expected = of(scenario, call, fault);
        if (raised.isEmpty()) {
            return null;
        }
        if (!hasHappened || expected == null) {
            return "raised " + raised;
        }
        if (scenario.startsWith("aio")) {
            return isOfSystem(raised.stream().filter(one -> !isLateAccept(call, one)).toList())
                    ? null
                    : "raised " + raised;
        }
        boolean isSecured = scenario.startsWith("tls");
        boolean isTold = false;
        for (Raised one : raised) {
            boolean isIt = isIt(one, expected) || isSecured && isEnd(one);
            isTold |= isIt;
            if (!isIt && !isConsequence(one)) {
                return "raised " + raised + ", not " + expected;
            }
        }
        return isTold ? null : "raised " + raised + ", not " + expected;
    }

    private static boolean isIt(Raised one, Raised expected) {
        return one.equals(expected)
                // What is asked of a number tells whether it is still the script's.
                || CLOSED_BEHIND.contains(expected.errno()) && one.text().endsWith(NOT_OWN);
    }

    /** The ssl module gives b'' where the other side has ended, which a scenario makes an EOFError of. */
    private static boolean isEnd(Raised one) {
        return one.equals(ENDED) || one.type().equals("builtins.EOFError");
    }

    private static boolean isConsequence(Raised one) {
        return CONSEQUENCES.contains(one.type()) || one.errno() == ENOTCONN;
    }

    /** After a shortage asyncio serves again a second later, when the program may have closed the server already. */
    private static boolean isLateAccept(String call, Raised one) {
        return call.equals("accept") && one.type().equals("builtins.ValueError")
                && one.text().equals("Invalid file descriptor: -1");
    }

    /** asyncio has words and classes of its own for much of it, and says some of it to nobody. */
    private static boolean isOfSystem(List<Raised> raised) {
        return raised.stream()
                .allMatch(one -> one.errno() > 0
                        || isConsequence(one)
                        || one.type().equals("builtins.TimeoutError")
                        || one.type().equals("builtins.OSError") && one.text().startsWith("could not bind"));
    }
}
