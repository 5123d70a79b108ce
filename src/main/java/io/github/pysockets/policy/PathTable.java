package io.github.pysockets.policy;

import java.util.HashMap;
import java.util.Map;

/** Rules by paths of AF_UNIX sockets, and by abstract names after an at sign. */
final class PathTable {
    private final Map<String, Rule> exact = new HashMap<>();
    private final Map<String, Rule> below = new HashMap<>();

    void add(Target.UnixPath target, Rule rule) {
        (target.isBelow() ? below : exact).merge(target.path(), rule, Rule::first);
    }

    /** The first rule for a path or name; null for none. */
    Rule find(String path) {
        boolean isFile = path.startsWith("/");
        Rule first = Rule.first(exact.get(path), below.get(""));
        for (int end = 1; end <= path.length(); end++) {
            if (!isFile || path.charAt(end - 1) == '/') {
                first = Rule.first(first, below.get(path.substring(0, end)));
            }
        }
        return first;
    }
}
