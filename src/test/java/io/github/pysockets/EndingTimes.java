package io.github.pysockets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long it took until each blocked call had ended, in each way: a table that the tests leave behind in target. */
public final class EndingTimes {
    private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    private final List<String> ways;

    public EndingTimes(Collection<String> calls, List<String> ways) {
        this.ways = ways;
        calls.forEach(call -> rows.put(call, new LinkedHashMap<>()));
    }

    public synchronized void add(String call, String way, long nanos) {
        rows.get(call).put(way, "%.1f".formatted(nanos / 1e6));
    }

    /** Writes the table in Markdown; times in milliseconds. */
    public synchronized void write(String name) {
        Path file = ScriptContexts.ROOT.resolve("target").resolve(name);
        StringBuilder text = new StringBuilder("| call | " + String.join(" | ", ways) + " |\n");
        text.append("|---").repeat("|---:", ways.size()).append("|\n");
        rows.forEach((call, times) -> {
            text.append("| ").append(call);
            ways.forEach(way -> text.append(" | ").append(times.getOrDefault(way, "-")));
            text.append(" |\n");
        });
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
