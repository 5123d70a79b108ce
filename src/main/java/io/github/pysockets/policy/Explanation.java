package io.github.pysockets.policy;

import java.util.List;

/** Answers what a policy says to a request that is written as text. */
final class Explanation {
    private Explanation() {}

    static Decision of(Rules rules, Action action, String target) {
        String request = action.phrase() + " " + target;
        return switch (action) {
            case SOCKET -> kind(rules, target).of(request);
            case OPTION -> rules.option(target).of(request);
            case PROCESS -> rules.process().of("start of a process");
            default -> address(rules, action, target).of(request);
        };
    }

    private static Ruling kind(Rules rules, String target) {
        Target.Kind kind = RuleParser.kind(target, target);
        return SocketKinds.isUsual(kind.family(), kind.type()) ? Ruling.FREE : rules.kind(kind.family(), kind.type());
    }

    private static Ruling address(Rules rules, Action action, String target) {
        List<Target> targets = RuleParser.hosts(target, target);
        return switch (targets.getFirst()) {
            case Target.Network(IpRange range, PortRange ports) when targets.size() == 1
                    && range.equals(IpRange.of(range.first())) -> {
                IpAddress address = action == Action.CONNECT || action == Action.SEND
                        ? range.first().asDestination()
                        : range.first();
                yield ports.equals(PortRange.ALL)
                        ? rules.address(action, address)
                        : rules.address(action, address, one(ports, target), List.of());
            }
            case Target.Named(String name, boolean isBelow, PortRange ports) when !isBelow ->
                ports.equals(PortRange.ALL) ? rules.name(action, name) : rules.name(action, name, one(ports, target));
            case Target.UnixPath(String path, boolean isBelow) when !isBelow -> rules.path(action, path);
            default -> throw new IllegalArgumentException(
                    "\"%s\" is more than one target: ask for a single host, address or path.".formatted(target));
        };
    }

    private static int one(PortRange ports, String target) {
        if (ports.first() != ports.last()) {
            throw new IllegalArgumentException(
                    "\"%s\" has more than one port: ask for a single one.".formatted(target));
        }
        return ports.first();
    }
}
