package io.github.pysockets.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** The first rule for each port, of rules that differ in their ports alone. */
final class PortMap {
    /** The first ports of sections, ascending; the first is 0. */
    private final int[] starts;
    /** The rule of each section; null for none. */
    private final Rule[] rules;

    private PortMap(int[] starts, Rule[] rules) {
        this.starts = starts;
        this.rules = rules;
    }

    /** The first rule for a port; null for none. */
    Rule at(int port) {
        int found = Arrays.binarySearch(starts, port);
        return rules[found >= 0 ? found : -found - 2];
    }

    /** The first rule for any port; null for none. */
    Rule any() {
        Rule first = null;
        for (Rule rule : rules) {
            first = Rule.first(first, rule);
        }
        return first;
    }

    /** Collects rules, and makes a map of them. */
    static final class Builder {
        private final List<PortRange> ranges = new ArrayList<>();
        private final List<Rule> rules = new ArrayList<>();

        void add(PortRange range, Rule rule) {
            ranges.add(range);
            rules.add(rule);
        }

        PortMap build() {
            TreeMap<Integer, List<Rule>> begins = new TreeMap<>();
            TreeMap<Integer, List<Rule>> ends = new TreeMap<>();
            TreeSet<Integer> starts = new TreeSet<>(List.of(0));
            for (int i = 0; i < rules.size(); i++) {
                begins.computeIfAbsent(ranges.get(i).first(), _ -> new ArrayList<>()).add(rules.get(i));
                ends.computeIfAbsent(ranges.get(i).last() + 1, _ -> new ArrayList<>()).add(rules.get(i));
                starts.add(ranges.get(i).first());
                starts.add(ranges.get(i).last() + 1);
            }
            int[] sections = starts.stream().mapToInt(Integer::intValue).toArray();
            Rule[] firsts = new Rule[sections.length];
            // A rule that has one port twice is in here twice.
            TreeMap<Rule, Integer> current = new TreeMap<>(Comparator.comparingInt(Rule::number));
            for (int i = 0; i < sections.length; i++) {
                begins.getOrDefault(sections[i], List.of()).forEach(rule -> current.merge(rule, 1, Integer::sum));
                ends.getOrDefault(sections[i], List.of())
                        .forEach(rule -> current.computeIfPresent(rule, (_, uses) -> uses == 1 ? null : uses - 1));
                firsts[i] = current.isEmpty() ? null : current.firstKey();
            }
            return new PortMap(sections, firsts);
        }
    }
}
