package io.github.pysockets.virtual;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which hosts there are, and what lies between them. Used under the world's lock. */
final class Topology {
    private final World world;
    private final long seed;
    private final PacketListeners listeners = new PacketListeners();
    private final Map<String, Node> byName = new LinkedHashMap<>();
    private final Map<NetAddress, Node> byAddress = new HashMap<>();
    private final Map<Set<String>, Link> links = new HashMap<>();
    private final Link defaultLink;
    /** Wires by the names of their ends. */
    private final Map<List<String>, Wire> wires = new HashMap<>();
    private final List<Cut> cuts = new ArrayList<>();

    Topology(World world, long seed, Link defaultLink) {
        this.world = world;
        this.seed = seed;
        this.defaultLink = defaultLink;
    }

    World world() {
        return world;
    }

    PacketListeners listeners() {
        return listeners;
    }

    Node add(String name, List<NetAddress> addresses) {
        Node node = new Node(this, name, addresses);
        byName.put(name, node);
        addresses.forEach(address -> byAddress.put(address, node));
        return node;
    }

    Node nodeOf(NetAddress address) {
        return byAddress.get(address);
    }

    /** In the order in which they were described. */
    List<Node> nodes() {
        return List.copyOf(byName.values());
    }

    void link(String one, String other, Link link) {
        links.put(Set.of(one, other), link);
        become(one, other, link);
        become(other, one, link);
    }

    private void become(String from, String to, Link link) {
        Wire wire = wires.get(List.of(from, to));
        if (wire != null) {
            wire.become(link);
        }
    }

    Wire newWire(Node from, Node to) {
        Link link = links.getOrDefault(Set.of(from.name(), to.name()), defaultLink);
        Wire wire = new Wire(world, listeners, new Chance(seed, from.name() + " > " + to.name()), link);
        wires.put(List.of(from.name(), to.name()), wire);
        for (Cut cut : cuts) {
            if (cut.separates(from.name(), to.name())) {
                wire.cut();
            }
        }
        return wire;
    }

    /** Separates hosts from others. */
    Cut cut(Set<String> some, Set<String> others) {
        Cut cut = new Cut(Set.copyOf(some), Set.copyOf(others));
        cuts.add(cut);
        wires.forEach((ends, wire) -> {
            if (cut.separates(ends.getFirst(), ends.getLast())) {
                wire.cut();
            }
        });
        return cut;
    }

    /** One partition. */
    final class Cut {
        private final Set<String> some;
        private final Set<String> others;

        private Cut(Set<String> some, Set<String> others) {
            this.some = some;
            this.others = others;
        }

        private boolean separates(String from, String to) {
            return some.contains(from) && others.contains(to) || others.contains(from) && some.contains(to);
        }

        void mend() {
            if (cuts.remove(this)) {
                wires.forEach((ends, wire) -> {
                    if (separates(ends.getFirst(), ends.getLast())) {
                        wire.mend();
                    }
                });
            }
        }
    }
}
