package io.github.pysockets.netdb;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Protocols by name, as in protocols(5). The first line that has a name has the answer. */
final class ProtocolTable {
    private final Map<String, Integer> numbers = new HashMap<>();

    private ProtocolTable(List<String[]> lines) {
        lines.forEach(this::add);
    }

    /** What the platform's file has, read once; our own table where there is no such file. */
    static ProtocolTable ofPlatform() {
        return OfPlatform.TABLE;
    }

    /** What a file has. */
    static ProtocolTable of(Path path) {
        List<String[]> lines = NetdbFile.read(path);
        return lines == null ? builtIn() : new ProtocolTable(lines);
    }

    /** The protocols that most programs know. */
    static ProtocolTable builtIn() {
        return BuiltIn.TABLE;
    }

    /** A line is a name and a number, and perhaps more names. Others are passed over. */
    private void add(String[] words) {
        int number = words.length < 2 ? -1 : NetdbFile.number(words[1], Integer.MAX_VALUE);
        for (int i = 0; number >= 0 && i < words.length; i++) {
            if (i != 1) {
                numbers.putIfAbsent(words[i], number);
            }
        }
    }

    /** getprotobyname(3): the number, or -1. */
    int number(String name) {
        return numbers.getOrDefault(name, -1);
    }

    private static final class OfPlatform {
        static final ProtocolTable TABLE = of(NetdbFile.path("protocols", "protocol"));
    }

    private static final class BuiltIn {
        static final ProtocolTable TABLE = new ProtocolTable(NetdbFile.builtIn("protocols"));
    }
}
