package io.github.pysockets.policy;

import io.github.pysockets.abi.AddressFamilies;
import io.github.pysockets.abi.SocketTypes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads rules as text. Every message names what is wrong, and what would be right. */
final class RuleParser {
    private static final String UNIX = "unix:";
    private static final String EVERYTHING = "everything";

    private static final Map<String, Integer> FAMILIES = Map.ofEntries(
            Map.entry("unix", AddressFamilies.AF_UNIX), Map.entry("inet", AddressFamilies.AF_INET),
            Map.entry("inet6", AddressFamilies.AF_INET6), Map.entry("netlink", AddressFamilies.AF_NETLINK),
            Map.entry("packet", AddressFamilies.AF_PACKET), Map.entry("alg", AddressFamilies.AF_ALG),
            Map.entry("vsock", AddressFamilies.AF_VSOCK), Map.entry("can", AddressFamilies.AF_CAN),
            Map.entry("tipc", AddressFamilies.AF_TIPC), Map.entry("qipcrtr", AddressFamilies.AF_QIPCRTR),
            Map.entry("rds", AddressFamilies.AF_RDS), Map.entry("*", Target.Kind.ANY));
    private static final Map<String, Integer> TYPES = Map.of(
            "stream", SocketTypes.SOCK_STREAM, "dgram", SocketTypes.SOCK_DGRAM, "raw", SocketTypes.SOCK_RAW,
            "seqpacket", SocketTypes.SOCK_SEQPACKET, "*", Target.Kind.ANY);

    private RuleParser() {}

    /**
     * Reads a rule: {@code allow} or {@code deny}, actions, targets.
     *
     * @param number its place in the policy
     * @throws IllegalArgumentException where it is none
     */
    static Rule rule(String text, int number) {
        String line = text.strip().replaceAll("\\s+", " ");
        List<String> words = new ArrayList<>(List.of(line.split(" ")));
        String verdict = words.removeFirst();
        if (!verdict.equals("allow") && !verdict.equals("deny")) {
            throw wrong(line, "a rule begins with allow or deny");
        }
        return rule(verdict.equals("allow"), words, number, line);
    }

    /** Reads what follows {@code allow} or {@code deny}. */
    private static Rule rule(boolean isAllowed, List<String> words, int number, String line) {
        if (words.equals(List.of(EVERYTHING))) {
            return new Rule(number, isAllowed, Set.of(Action.values()), everything(), line);
        }
        if (words.isEmpty()) {
            throw wrong(line, "it names no host, address or path");
        }
        Set<Action> actions = actions(words.getFirst());
        if (actions.isEmpty()) {
            actions = Action.USUAL;
        } else {
            words.removeFirst();
        }
        List<Target> targets = new ArrayList<>();
        if (actions.equals(Set.of(Action.PROCESS)) && words.isEmpty()) {
            targets.add(new Target.AnyProcess());
        }
        for (String word : String.join(",", words).split(",+")) {
            if (!word.isEmpty()) {
                targets.addAll(targets(word, actions, line));
            }
        }
        if (targets.isEmpty()) {
            throw wrong(line, "it names no host, address or path");
        }
        return new Rule(number, isAllowed, actions, targets, line);
    }

    private static List<Target> everything() {
        return List.of(new Target.AnyHost(PortRange.ALL), new Target.UnixPath("", true),
                new Target.Kind(Target.Kind.ANY, Target.Kind.ANY), new Target.Option(""), new Target.AnyProcess());
    }

    /** The actions that a word names; none where it names something else. */
    private static Set<Action> actions(String word) {
        EnumSet<Action> actions = EnumSet.noneOf(Action.class);
        for (String part : word.split(",")) {
            Optional<Action> action = Action.of(part);
            if (action.isEmpty()) {
                return Set.of();
            }
            actions.add(action.get());
        }
        return actions;
    }

    /** Reads a target of rules about these actions. */
    private static List<Target> targets(String word, Set<Action> actions, String line) {
        if (actions.stream().allMatch(Action::hasAddress)) {
            return hosts(word, line);
        }
        if (actions.size() > 1) {
            throw wrong(line, "socket, option and process each need a rule of their own");
        }
        return switch (actions.iterator().next()) {
            case SOCKET -> List.of(kind(word, line));
            case OPTION -> List.of(option(word, line));
            default -> throw wrong(line, "nothing follows process");
        };
    }

    /** Reads a family, a type, or both with a slash between. */
    static Target.Kind kind(String word, String line) {
        String[] parts = word.toLowerCase(Locale.ROOT).split("/", -1);
        if (parts.length == 1 && TYPES.containsKey(parts[0]) && !parts[0].equals("*")) {
            return new Target.Kind(Target.Kind.ANY, TYPES.get(parts[0]));
        }
        Integer family = FAMILIES.get(parts[0]);
        Integer type = parts.length == 1 ? Integer.valueOf(Target.Kind.ANY) : TYPES.get(parts[1]);
        if (family == null || type == null || parts.length > 2) {
            throw wrong(line, "%s is no family or type of sockets: write netlink, raw or inet/raw, for example"
                    .formatted(word));
        }
        return new Target.Kind(family, type);
    }

    /** The text of a family and type, as a rule has it. */
    static String kindText(int family, int type) {
        return word(FAMILIES, family) + "/" + word(TYPES, type);
    }

    private static String word(Map<String, Integer> words, int number) {
        return words.entrySet().stream()
                .filter(entry -> entry.getValue() == number && number != Target.Kind.ANY)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("*");
    }

    private static Target.Option option(String word, String line) {
        if (!word.equals("*") && !word.matches("[A-Z][A-Z0-9_]+")) {
            throw wrong(line, word + " is no option: write SO_BROADCAST, for example, or * for all");
        }
        return new Target.Option(word.equals("*") ? "" : word);
    }

    /** Reads hosts with ports, or paths. */
    static List<Target> hosts(String word, String line) {
        if (word.startsWith(UNIX)) {
            return List.of(path(word.substring(UNIX.length()), line));
        }
        int colon = portColon(word);
        String host = colon < 0 ? word : word.substring(0, colon);
        PortRange ports = colon < 0 ? PortRange.ALL : PortRange.parse(word.substring(colon + 1));
        if (ports == null) {
            throw wrong(line, "%s is no port: write 443, 8000-8100 or *".formatted(word.substring(colon + 1)));
        }
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        return hosts(host, ports, line);
    }

    /** Where the port begins; -1 where there is none. An IPv6 address without brackets has no port. */
    private static int portColon(String word) {
        int bracket = word.lastIndexOf(']');
        int colon = word.indexOf(':', bracket + 1);
        boolean isSix = bracket < 0 && colon >= 0 && word.indexOf(':', colon + 1) >= 0;
        return isSix ? -1 : colon;
    }

    private static List<Target> hosts(String host, PortRange ports, String line) {
        if (host.isEmpty() || host.equals("*")) {
            return List.of(new Target.AnyHost(ports));
        }
        if (host.startsWith("@")) {
            List<IpRange> group = AddressGroups.of(host.substring(1));
            if (group == null) {
                throw wrong(line, "there is no group %s, but %s".formatted(host, AddressGroups.names()));
            }
            return group.stream().<Target>map(range -> new Target.Network(range, ports)).toList();
        }
        IpRange range = IpRange.parse(host);
        if (range != null) {
            return List.of(new Target.Network(range, ports));
        }
        boolean isBelow = host.startsWith("*.");
        String name = HostName.canonical(isBelow ? host.substring(2) : host);
        if (name == null) {
            throw wrong(line, "%s is no host: write a name, *.example.com, an address, 10.0.0.0/8, or * for all"
                    .formatted(host));
        }
        Target.Named named = new Target.Named(name, isBelow, ports);
        return name.equals(HostName.LOCALHOST) && !isBelow
                ? List.of(named, new Target.Network(IpRange.parse("127.0.0.1"), ports),
                        new Target.Network(IpRange.parse("::1"), ports))
                : List.of(named);
    }

    private static Target.UnixPath path(String path, String line) {
        boolean isBelow = path.endsWith("*") || path.endsWith("/") && path.length() > 1;
        String begin = path.endsWith("*") ? path.substring(0, path.length() - 1) : path;
        if (begin.isEmpty() && isBelow || begin.startsWith("@")) {
            return new Target.UnixPath(UnixPaths.abstractName(begin), isBelow);
        }
        if (!begin.startsWith("/")) {
            throw wrong(line, "the path of a UNIX socket begins with a slash, a name without a file with an at sign");
        }
        if (isBelow && !begin.endsWith("/")) {
            throw wrong(line, "a star stands after a slash, for all in a folder");
        }
        Path real = UnixPaths.real(Path.of(begin).normalize());
        if (real == null) {
            throw wrong(line, "the path is a link that leads to itself");
        }
        String canonical = real.toString();
        return new Target.UnixPath(isBelow && !canonical.endsWith("/") ? canonical + "/" : canonical, isBelow);
    }

    private static IllegalArgumentException wrong(String line, String why) {
        return new IllegalArgumentException("In the rule \"%s\", %s.".formatted(line, why));
    }

}
