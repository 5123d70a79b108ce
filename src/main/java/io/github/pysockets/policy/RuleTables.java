package io.github.pysockets.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rules that allow one action, or those that deny it, by what they are about. Each look-up gives the first one. */
final class RuleTables {
    private static final String ALL_OPTIONS = "";

    private final AddressTable four;
    private final AddressTable six;
    private final NameTable names;
    private final PathTable paths;
    private final List<Rule> kinds;
    private final Map<String, Rule> options;
    private final Rule processes;
    private final boolean isEmpty;

    private RuleTables(Builder builder) {
        four = builder.four.build();
        six = builder.six.build();
        names = builder.names.build();
        paths = builder.paths;
        kinds = List.copyOf(builder.kinds);
        options = Map.copyOf(builder.options);
        processes = builder.processes;
        isEmpty = builder.isEmpty;
    }

    static RuleTables of(List<Rule> rules, Action action) {
        Builder builder = new Builder();
        for (Rule rule : rules) {
            if (rule.actions().contains(action)) {
                rule.targets().forEach(target -> builder.add(target, rule));
            }
        }
        return new RuleTables(builder);
    }

    boolean isEmpty() {
        return isEmpty;
    }

    Rule address(IpAddress address, int port) {
        return (address.isSix() ? six : four).find(address, port);
    }

    /** For an address that goes by names. */
    Rule address(IpAddress address, int port, Collection<String> known) {
        Rule first = address(address, port);
        for (String name : known) {
            first = Rule.first(first, names.find(name, port));
        }
        return first;
    }

    /** Whatever the port. */
    Rule address(IpAddress address) {
        return (address.isSix() ? six : four).find(address);
    }

    boolean hasAddresses() {
        return !four.isEmpty() || !six.isEmpty();
    }

    Rule name(String name, int port) {
        return names.find(name, port);
    }

    /** Whatever the port. */
    Rule name(String name) {
        return names.find(name);
    }

    Rule path(String path) {
        return paths.find(path);
    }

    Rule kind(int family, int type) {
        for (Rule rule : kinds) {
            for (Target target : rule.targets()) {
                if (target instanceof Target.Kind kind && kind.contains(family, type)) {
                    return rule;
                }
            }
        }
        return null;
    }

    Rule option(String name) {
        return Rule.first(options.get(name), options.get(ALL_OPTIONS));
    }

    Rule process() {
        return processes;
    }

    private static final class Builder {
        private final AddressTable.Builder four = new AddressTable.Builder();
        private final AddressTable.Builder six = new AddressTable.Builder();
        private final NameTable.Builder names = new NameTable.Builder();
        private final PathTable paths = new PathTable();
        private final List<Rule> kinds = new ArrayList<>();
        private final Map<String, Rule> options = new HashMap<>();
        private Rule processes;
        private boolean isEmpty = true;

        void add(Target target, Rule rule) {
            isEmpty = false;
            switch (target) {
                case Target.AnyHost(PortRange ports) -> {
                    four.add(IpRange.ALL_4, ports, rule);
                    six.add(IpRange.ALL_6, ports, rule);
                    names.add("", true, ports, rule);
                }
                case Target.Network(IpRange range, PortRange ports) ->
                    (range.first().isSix() ? six : four).add(range, ports, rule);
                case Target.Named(String name, boolean isBelow, PortRange ports) ->
                    names.add(name, isBelow, ports, rule);
                case Target.UnixPath path -> paths.add(path, rule);
                case Target.Kind _ -> kinds.add(rule);
                case Target.Option(String name) -> options.merge(name, rule, Rule::first);
                case Target.AnyProcess _ -> processes = Rule.first(processes, rule);
            }
        }
    }
}
