package io.github.pysockets.bypass;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What was seen outside a policy, as lines: what came to a victim ({@code tcp 127.0.0.2}, {@code udp ::1}, {@code unix
 * denied}), and what the stack below the policy was asked for ({@code asked host.test}, {@code option 0/4}, {@code
 * connect 192.0.2.1}).
 */
public final class Evidence {
    private final List<String> seen = new CopyOnWriteArrayList<>();

    void add(String line) {
        seen.add(line);
    }

    /** Whether there is such a line. */
    public boolean has(String line) {
        return seen.contains(line);
    }

    /** Begins anew. */
    public void clear() {
        seen.clear();
    }

    @Override
    public String toString() {
        return seen.toString();
    }
}
