package io.github.pysockets.policy;

import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The rules of a policy, ready to be asked. What denies comes before what allows; of each, the first rule decides. What
 * no rule is about is denied.
 */
final class Rules {
    /** Actions that need the host's address, so a rule that allows one by a name allows asking for the name too. */
    private static final Set<Action> REACHING =
            EnumSet.of(Action.CONNECT, Action.SEND, Action.BIND, Action.LISTEN, Action.ACCEPT);

    private final Map<Action, RuleTables> denying = new EnumMap<>(Action.class);
    private final Map<Action, RuleTables> allowing = new EnumMap<>(Action.class);
    private final boolean isAnyAcceptRule;

    Rules(List<Rule> rules) {
        List<Rule> denials = rules.stream().filter(rule -> !rule.isAllowed()).toList();
        List<Rule> allowances = rules.stream().filter(Rule::isAllowed).toList();
        for (Action action : Action.values()) {
            boolean isLookup = action == Action.LOOKUP;
            denying.put(action, RuleTables.of(isLookup ? ofWholeHosts(denials) : denials, action));
            allowing.put(action,
                    RuleTables.of(isLookup ? withNamesToReach(allowances) : allowances, action));
        }
        isAnyAcceptRule = !denying.get(Action.ACCEPT).isEmpty() || !allowing.get(Action.ACCEPT).isEmpty();
    }

    /** A host of which some ports are denied may be asked for. */
    private static List<Rule> ofWholeHosts(List<Rule> rules) {
        return rules.stream()
                .map(rule -> withTargets(rule, rule.actions(), target -> ports(target).equals(PortRange.ALL)))
                .toList();
    }

    private static List<Rule> withNamesToReach(List<Rule> rules) {
        return rules.stream()
                .map(rule -> rule.actions().contains(Action.LOOKUP) || rule.actions().stream().noneMatch(
                        REACHING::contains)
                                ? rule
                                : withTargets(rule, Set.of(Action.LOOKUP), target -> target instanceof Target.Named
                                        || target instanceof Target.AnyHost))
                .toList();
    }

    private static Rule withTargets(Rule rule, Set<Action> actions, Function<Target, Boolean> chosen) {
        return new Rule(rule.number(), rule.isAllowed(), actions,
                rule.targets().stream().filter(chosen::apply).toList(), rule.text());
    }

    private static PortRange ports(Target target) {
        return switch (target) {
            case Target.AnyHost(PortRange ports) -> ports;
            case Target.Network(_, PortRange ports) -> ports;
            case Target.Named(_, _, PortRange ports) -> ports;
            default -> PortRange.ALL;
        };
    }

    private Ruling decide(Action action, Function<RuleTables, Rule> find) {
        Rule denial = find.apply(denying.get(action));
        if (denial != null) {
            return new Ruling(false, denial);
        }
        Rule allowance = find.apply(allowing.get(action));
        if (allowance == null && action == Action.BIND) {
            return decide(Action.LISTEN, find);
        }
        if (allowance == null && action == Action.ACCEPT && !isAnyAcceptRule) {
            return Ruling.FREE;
        }
        return allowance == null ? Ruling.UNMENTIONED : new Ruling(true, allowance);
    }

    /**
     * @param names the names that the address goes by
     */
    Ruling address(Action action, IpAddress address, int port, Collection<String> names) {
        return decide(action, tables -> tables.address(address, port, names));
    }

    /** Whatever the port. */
    Ruling address(Action action, IpAddress address) {
        return decide(action, tables -> tables.address(address));
    }

    Ruling name(Action action, String name, int port) {
        return decide(action, tables -> tables.name(name, port));
    }

    /** Whatever the port. */
    Ruling name(Action action, String name) {
        return decide(action, tables -> tables.name(name));
    }

    /** Of a text that is no canonical name. What denies its end denies it; what allows it is about all names. */
    Ruling oddName(Action action, String text) {
        Rule denial = denying.get(action).name(text);
        Rule allowance = allowing.get(action).name("");
        return denial != null
                ? new Ruling(false, denial)
                : allowance == null ? Ruling.UNMENTIONED : new Ruling(true, allowance);
    }

    /** Whether a rule denies the action to some address. */
    boolean isAnyDenied(Action action) {
        return !denying.get(action).isEmpty();
    }

    /** The ruling of the first rule that denies; null for none. What is not denied is not allowed yet. */
    Ruling denial(Action action, IpAddress address, int port) {
        Rule rule = denying.get(action).address(address, port);
        return rule == null ? null : new Ruling(false, rule);
    }

    /** Whether a rule allows the action by an address, whatever its name is. */
    boolean hasAddresses(Action action) {
        return allowing.get(action).hasAddresses();
    }

    Ruling path(Action action, String path) {
        return decide(action, tables -> tables.path(path));
    }

    Ruling kind(int family, int type) {
        return decide(Action.SOCKET, tables -> tables.kind(family, type));
    }

    Ruling option(String name) {
        return decide(Action.OPTION, tables -> tables.option(name));
    }

    Ruling process() {
        return decide(Action.PROCESS, RuleTables::process);
    }
}
