package io.github.pysockets.cli;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What follows {@code --virtual}: scripts on a network in memory.
 *
 * @param network the description of the network
 * @param log where to write a line for each packet; null for nowhere
 * @param capture where to write packets for Wireshark; null for nowhere
 * @param scripts what hosts run, by their names; the description may name more
 */
record VirtualOptions(Path network, Path log, Path capture, Map<String, Path> scripts) {
    static final String OPTION = "--virtual";

    VirtualOptions {
        // In its order.
        scripts = Collections.unmodifiableMap(new LinkedHashMap<>(scripts));
    }

    /**
     * Understands the words behind the option.
     *
     * @throws UsageException if there is no description, or a word is none of these
     */
    static VirtualOptions parse(List<String> words) throws UsageException {
        Path network = null;
        Path log = null;
        Path capture = null;
        Map<String, Path> scripts = new LinkedHashMap<>();
        for (int at = 0; at < words.size(); at++) {
            String word = words.get(at);
            if (word.equals("--log")) {
                log = path(words, ++at, word);
            } else if (word.equals("--pcap")) {
                capture = path(words, ++at, word);
            } else if (word.startsWith("-")) {
                throw new UsageException("unknown option " + word + " for " + OPTION);
            } else if (network == null) {
                network = Path.of(word);
            } else {
                add(scripts, word);
            }
        }
        if (network == null) {
            throw new UsageException(
                    OPTION + " needs a description: " + OPTION + " network.toml a=server.py b=client.py");
        }
        return new VirtualOptions(network, log, capture, scripts);
    }

    private static Path path(List<String> words, int at, String option) throws UsageException {
        if (at == words.size()) {
            throw new UsageException("argument expected for the " + option + " option");
        }
        return Path.of(words.get(at));
    }

    private static void add(Map<String, Path> scripts, String word) throws UsageException {
        int equals = word.indexOf('=');
        if (equals <= 0 || equals == word.length() - 1) {
            throw new UsageException("a host and its script are to be written as host=script.py, not " + word);
        }
        if (scripts.put(word.substring(0, equals), Path.of(word.substring(equals + 1))) != null) {
            throw new UsageException("two scripts for the host " + word.substring(0, equals));
        }
    }
}
