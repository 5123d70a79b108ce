package io.github.pysockets.policy;

import java.util.HashMap;
import java.util.Map;

/** Rules by names of hosts. */
final class NameTable {
    private final Map<String, PortMap> exact;
    /** By what follows the first dots of a name; by the empty name for all names. */
    private final Map<String, PortMap> below;

    private NameTable(Map<String, PortMap> exact, Map<String, PortMap> below) {
        this.exact = exact;
        this.below = below;
    }

    /** The first rule for a name and port; null for none. */
    Rule find(String name, int port) {
        Rule first = at(exact.get(name), port);
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            first = Rule.first(first, at(below.get(name.substring(dot + 1)), port));
        }
        return Rule.first(first, at(below.get(""), port));
    }

    /** The first rule for a name, whatever the port; null for none. */
    Rule find(String name) {
        Rule first = any(exact.get(name));
        for (int dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
            first = Rule.first(first, any(below.get(name.substring(dot + 1))));
        }
        return Rule.first(first, any(below.get("")));
    }

    private static Rule at(PortMap ports, int port) {
        return ports == null ? null : ports.at(port);
    }

    private static Rule any(PortMap ports) {
        return ports == null ? null : ports.any();
    }

    /** Collects rules, and makes a table of them. */
    static final class Builder {
        private final Map<String, PortMap.Builder> exact = new HashMap<>();
        private final Map<String, PortMap.Builder> below = new HashMap<>();

        void add(String name, boolean isBelow, PortRange ports, Rule rule) {
            (isBelow ? below : exact).computeIfAbsent(name, _ -> new PortMap.Builder()).add(ports, rule);
        }

        NameTable build() {
            return new NameTable(built(exact), built(below));
        }

        private static Map<String, PortMap> built(Map<String, PortMap.Builder> builders) {
            Map<String, PortMap> built = new HashMap<>();
            builders.forEach((name, builder) -> built.put(name, builder.build()));
            return built;
        }
    }
}
