package io.github.pysockets.python;

import io.github.pysockets.stack.ControlEndpoint;
import io.github.pysockets.stack.EpollStack;
import io.github.pysockets.stack.MessageEndpoint;
import io.github.pysockets.stack.ProcessStack;
import io.github.pysockets.stack.SocketStack;
import java.util.ArrayList;
import java.util.List;

/**
 * The functions, methods and types of Python's {@code socket}, {@code select} and {@code fcntl} that a stack has no use
 * for. They are absent there, as CPython lacks what its platform lacks: programs look for them by {@code hasattr}.
 */
public final class AbsentNames {
    private static final List<String> MESSAGES = List.of("sendmsg", "recvmsg", "recvmsg_into", "CMSG_LEN",
            "CMSG_SPACE");
    private static final List<String> CONTROL = List.of("fcntl", "ioctl");

    private AbsentNames() {}

    /** The names without their modules: none is a name of more than one. */
    public static List<String> of(SocketStack stack) {
        List<String> absent = new ArrayList<>();
        boolean hasMessages = stack.offers(MessageEndpoint.class);
        if (!hasMessages) {
            absent.addAll(MESSAGES);
        }
        if (!hasMessages || !stack.constants().containsKey("AF_ALG")) {
            absent.add("sendmsg_afalg");
        }
        if (!stack.offers(ControlEndpoint.class)) {
            absent.addAll(CONTROL);
        }
        if (stack.ability(EpollStack.class) == null) {
            absent.add("epoll");
        }
        // It is the name of the machine, which a stack without processes does not change.
        if (stack.ability(ProcessStack.class) == null) {
            absent.add("sethostname");
        }
        return List.copyOf(absent);
    }
}
