package io.github.pysockets.policy;

import io.github.pysockets.abi.AddressFamilies;
import io.github.pysockets.abi.InetText;
import io.github.pysockets.abi.SocketTypes;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A policy as its documentation has it, without an index: each question goes through the list of rules. Answers are the
 * number of the rule that decides, negative where it denies; 0 where nothing allows.
 */
record PlainRules(List<PlainRule> list) {
    /** The answer where it needs no rule. */
    static final int FREE = 1_000_000;

    static final List<Action> WITH_ADDRESS = List.of(Action.CONNECT, Action.SEND, Action.BIND, Action.LISTEN,
            Action.ACCEPT, Action.LOOKUP, Action.MULTICAST);
    static final Set<Action> USUAL = Set.of(Action.CONNECT, Action.SEND, Action.BIND, Action.LISTEN, Action.LOOKUP,
            Action.MULTICAST);

    private static final int HIGHEST_PORT = 0xFFFF;
    private static final Map<Integer, String> FAMILIES = Map.of(Kind.ANY, "*", AddressFamilies.AF_NETLINK, "netlink",
            AddressFamilies.AF_INET, "inet");
    private static final Map<Integer, String> TYPES = Map.of(Kind.ANY, "*", SocketTypes.SOCK_RAW, "raw",
            SocketTypes.SOCK_STREAM, "stream");

    sealed interface PlainTarget {}

    record AnyHost(int firstPort, int lastPort) implements PlainTarget {
        @Override
        public String toString() {
            return "*" + ports(firstPort, lastPort);
        }
    }

    record Network(boolean isSix, BigInteger address, int prefix, int firstPort, int lastPort) implements PlainTarget {
        boolean contains(boolean otherIsSix, BigInteger other) {
            int rest = (isSix ? 128 : 32) - prefix;
            return isSix == otherIsSix && address.shiftRight(rest).equals(other.shiftRight(rest));
        }

        @Override
        public String toString() {
            if (!isSix) {
                return InetText.format(address.intValue()) + "/" + prefix + ports(firstPort, lastPort);
            }
            String text = InetText.format(address.shiftRight(64).longValue(), address.longValue()) + "/" + prefix;
            return "[" + text + "]" + ports(firstPort, lastPort);
        }
    }

    record Host(String name, boolean isBelow, int firstPort, int lastPort) implements PlainTarget {
        boolean matches(String other) {
            return isBelow ? other.endsWith("." + name) : other.equals(name);
        }

        @Override
        public String toString() {
            return (isBelow ? "*." : "") + name + ports(firstPort, lastPort);
        }
    }

    record Unix(String path, boolean isBelow) implements PlainTarget {
        boolean matches(String other) {
            return isBelow ? other.startsWith(path.startsWith("/") ? path + "/" : path) : other.equals(path);
        }

        @Override
        public String toString() {
            return "unix:" + path + (!isBelow ? "" : path.startsWith("/") ? "/" : "*");
        }
    }

    record Kind(int family, int type) implements PlainTarget {
        static final int ANY = -1;

        boolean matches(int otherFamily, int otherType) {
            return (family == ANY || family == otherFamily) && (type == ANY || type == otherType);
        }

        @Override
        public String toString() {
            return FAMILIES.get(family) + "/" + TYPES.get(type);
        }
    }

    record Option(String name) implements PlainTarget {
        @Override
        public String toString() {
            return name;
        }
    }

    record AnyProcess() implements PlainTarget {
        @Override
        public String toString() {
            return "";
        }
    }

    record PlainRule(boolean isAllowed, Set<Action> actions, List<PlainTarget> targets) {
        @Override
        public String toString() {
            return (isAllowed ? "allow " : "deny ")
                    + actions.stream().map(Action::word).sorted().collect(Collectors.joining(",")) + " "
                    + targets.stream().map(PlainTarget::toString).collect(Collectors.joining(", "));
        }
    }

    private static String ports(int first, int last) {
        return first == 0 && last == HIGHEST_PORT ? "" : first == last ? ":" + first : ":" + first + "-" + last;
    }

    private static boolean hasPort(PlainTarget target, int port) {
        return switch (target) {
            case AnyHost(int first, int last) -> first <= port && port <= last;
            case Network(_, _, _, int first, int last) -> first <= port && port <= last;
            case Host(_, _, int first, int last) -> first <= port && port <= last;
            default -> true;
        };
    }

    private static boolean hasAllPorts(PlainTarget target) {
        return hasPort(target, 0) && hasPort(target, HIGHEST_PORT);
    }

    private int first(boolean isAllowed, Predicate<PlainRule> isAbout, Predicate<PlainTarget> matches) {
        for (int i = 0; i < list.size(); i++) {
            PlainRule rule = list.get(i);
            if (rule.isAllowed == isAllowed && isAbout.test(rule) && rule.targets.stream().anyMatch(matches)) {
                return i + 1;
            }
        }
        return 0;
    }

    private int decide(Action action, Predicate<PlainTarget> matches) {
        int denial = first(false, rule -> rule.actions.contains(action), matches);
        if (denial != 0) {
            return -denial;
        }
        int allowance = first(true, rule -> rule.actions.contains(action), matches);
        if (allowance == 0 && action == Action.BIND) {
            return decide(Action.LISTEN, matches);
        }
        boolean isFree = action == Action.ACCEPT && list.stream().noneMatch(rule -> rule.actions.contains(action));
        return isFree ? FREE : allowance;
    }

    int address(Action action, boolean isSix, BigInteger address, int port, List<String> names) {
        return decide(action, target -> hasPort(target, port) && switch (target) {
            case AnyHost _ -> true;
            case Network network -> network.contains(isSix, address);
            case Host host -> names.stream().anyMatch(host::matches);
            default -> false;
        });
    }

    /** Whoever may reach a name may ask for it. Where only some ports of a host are denied, it may be asked for too. */
    int lookup(String name) {
        Predicate<PlainTarget> matches = target -> target instanceof AnyHost
                || target instanceof Host host && host.matches(name);
        int denial = first(false, rule -> rule.actions.contains(Action.LOOKUP),
                target -> matches.test(target) && hasAllPorts(target));
        Set<Action> reaching =
                Set.of(Action.CONNECT, Action.SEND, Action.BIND, Action.LISTEN, Action.ACCEPT, Action.LOOKUP);
        return denial != 0
                ? -denial
                : first(true, rule -> !Collections.disjoint(rule.actions, reaching), matches);
    }

    int path(Action action, String path) {
        return decide(action, target -> target instanceof Unix unix && unix.matches(path));
    }

    int kind(int family, int type) {
        return decide(Action.SOCKET, target -> target instanceof Kind kind && kind.matches(family, type));
    }

    int option(String name) {
        return decide(Action.OPTION,
                target -> target instanceof Option option && Arrays.asList(name, "*").contains(option.name));
    }

    int process() {
        return decide(Action.PROCESS, target -> target instanceof AnyProcess);
    }

    /** The rules as text, one to a line. */
    @Override
    public String toString() {
        return list.stream().map(PlainRule::toString).collect(Collectors.joining("\n"));
    }
}
