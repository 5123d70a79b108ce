package io.github.pysockets.policy;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Rules by ranges of addresses of one family: one look-up for each length of prefix that occurs. */
final class AddressTable {
    private final int[] lengths;
    private final Map<IpAddress, PortMap>[] byPrefix;

    private AddressTable(int[] lengths, Map<IpAddress, PortMap>[] byPrefix) {
        this.lengths = lengths;
        this.byPrefix = byPrefix;
    }

    boolean isEmpty() {
        return lengths.length == 0;
    }

    /** The first rule for an address and port; null for none. */
    Rule find(IpAddress address, int port) {
        Rule first = null;
        for (int i = 0; i < lengths.length; i++) {
            PortMap ports = byPrefix[i].get(IpRange.masked(address, lengths[i]));
            first = ports == null ? first : Rule.first(first, ports.at(port));
        }
        return first;
    }

    /** The first rule for an address, whatever the port; null for none. */
    Rule find(IpAddress address) {
        Rule first = null;
        for (int i = 0; i < lengths.length; i++) {
            PortMap ports = byPrefix[i].get(IpRange.masked(address, lengths[i]));
            first = ports == null ? first : Rule.first(first, ports.any());
        }
        return first;
    }

    /** Collects rules, and makes a table of them. */
    static final class Builder {
        private final TreeMap<Integer, Map<IpAddress, PortMap.Builder>> ranges = new TreeMap<>();

        void add(IpRange range, PortRange ports, Rule rule) {
            ranges.computeIfAbsent(range.prefix(), _ -> new HashMap<>())
                    .computeIfAbsent(range.first(), _ -> new PortMap.Builder())
                    .add(ports, rule);
        }

        AddressTable build() {
            @SuppressWarnings({"unchecked", "rawtypes"}) // An array of a generic type cannot be made otherwise.
            Map<IpAddress, PortMap>[] byPrefix = new Map[ranges.size()];
            int[] lengths = new int[ranges.size()];
            int at = 0;
            for (Map.Entry<Integer, Map<IpAddress, PortMap.Builder>> entry : ranges.entrySet()) {
                lengths[at] = entry.getKey();
                byPrefix[at] = new HashMap<>();
                for (Map.Entry<IpAddress, PortMap.Builder> range : entry.getValue().entrySet()) {
                    byPrefix[at].put(range.getKey(), range.getValue().build());
                }
                at++;
            }
            return new AddressTable(lengths, byPrefix);
        }
    }
}
