package io.github.pysockets.policy;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a script does, in the words of the BSD calls. A rule is about one or several of them. */
public enum Action {
    /** connect(2) of a socket of any type, and a first send with MSG_FASTOPEN. */
    CONNECT("connect to"),
    /** A datagram to an address: sendto(2), sendmsg(2). */
    SEND("send to"),
    /** bind(2). Whoever may listen at an address may also bind to it. */
    BIND("bind to"),
    /** listen(2), by the socket's own address. */
    LISTEN("listen at"),
    /** accept(2), by the peer's address. As long as no rule is about it, listeners accept all peers. */
    ACCEPT("accept from"),
    /** A question to the name service about a host. */
    LOOKUP("look-up of"),
    /** Membership in a multicast group. */
    MULTICAST("join of group"),
    /** Making a socket of a family and type other than the usual ones. */
    SOCKET("socket of"),
    /** An option, ancillary data or command that gets around addresses, or reaches further than the socket. */
    OPTION("option"),
    /** Starting another process, which no policy reaches. */
    PROCESS("start of");

    /** What a rule is about that has an address and names no action. */
    static final Set<Action> USUAL = Set.copyOf(EnumSet.of(CONNECT, SEND, BIND, LISTEN, LOOKUP, MULTICAST));

    private final String phrase;

    Action(String phrase) {
        this.phrase = phrase;
    }

    /** The word for this action in a rule. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The beginning of what a script has asked for, such as {@code connect to}. */
    String phrase() {
        return phrase;
    }

    static Optional<Action> of(String word) {
        return Arrays.stream(values()).filter(action -> action.word().equals(word)).findFirst();
    }

    /** Whether its targets are addresses or names of hosts, or paths. */
    boolean hasAddress() {
        return this != SOCKET && this != OPTION && this != PROCESS;
    }
}
