package io.github.pysockets.faults;

import io.github.pysockets.stack.NameServiceException.Range;
import io.github.pysockets.stack.SocketStack;
import java.util.Set;

/** What CPython 3.12 raises for a fault. */
public final class Expected {
    /** Calls that a script's call repeats, or that a script repeats, where there is nothing yet. */
    private static final Set<String> WAITED_FOR = Set.of("send", "sendTo", "sendMessage", "recv", "recvFrom",
            "receiveMessage", "read", "write", "sendFile", "accept");

    private final SocketStack texts;

    /** @param texts has the platform's text for each number */
    public Expected(SocketStack texts) {
        this.texts = texts;
    }

    /** Null where a script is to notice nothing. */
    public Raised of(String call, Fault fault) {
        return switch (fault) {
            case Fault.Fails fails ->
                fails.errno() == FaultTable.errno("EAGAIN") && WAITED_FOR.contains(call) ? null : of(fails.errno());
            case Fault.FailsAfterwards fails -> of(fails.errno());
            case Fault.Unanswered unanswered -> of(unanswered.range(), unanswered.code());
            case Fault.Short _,Fault.NotYet _,Fault.Spurious _,Fault.Besides _ -> null;
        };
    }

    private Raised of(Range range, int code) {
        String type = range == Range.EAI ? "socket.gaierror" : "socket.herror";
        return raised(type, code, texts.names().errorText(range, code));
    }

    private Raised of(int errno) {
        return raised("builtins." + type(errno), errno, texts.errorText(errno));
    }

    private static Raised raised(String type, int errno, String text) {
        return new Raised(type, errno, "[Errno " + errno + "] " + text);
    }

    /** The subclasses of OSError: PEP 3151. */
    private static String type(int errno) {
        return switch (errno) {
            case 1, 13 -> "PermissionError";
            case 2 -> "FileNotFoundError";
            case 4 -> "InterruptedError";
            case 10 -> "ChildProcessError";
            case 11, 114, 115 -> "BlockingIOError";
            case 17 -> "FileExistsError";
            case 20 -> "NotADirectoryError";
            case 21 -> "IsADirectoryError";
            case 32, 108 -> "BrokenPipeError";
            case 103 -> "ConnectionAbortedError";
            case 104 -> "ConnectionResetError";
            case 110 -> "TimeoutError";
            case 111 -> "ConnectionRefusedError";
            default -> "OSError";
        };
    }
}
