package io.github.pysockets.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the user asked for. The rules are those of the {@code python} command: single-letter switches may share one
 * dash, the value of {@code -c}, {@code -m}, {@code -W} and {@code -X} may stick to its letter, and all that follows
 * the program belongs to it.
 */
sealed interface CommandLine {
    /** Print what the command understands. */
    record Help() implements CommandLine {}

    /** Print the versions. */
    record Version() implements CommandLine {}

    /**
     * Run scripts on a network in memory.
     *
     * @param run the options that all have in common; its program is none
     */
    record Virtual(VirtualOptions options, Run run) implements CommandLine {}

    /**
     * Run a program.
     *
     * @param program what becomes {@code __main__}
     * @param arguments {@code sys.argv} without its first entry
     * @param switches the switches given, and how often
     * @param warnings the values of all {@code -W}, in their order
     * @param implementation the values of all {@code -X}, in their order
     * @param hashedCaches the value of {@code --check-hash-based-pycs}
     * @param network what the program may reach
     * @param netLog whether {@code --net-log} was given
     */
    record Run(
            Program program,
            List<String> arguments,
            Map<Switch, Integer> switches,
            List<String> warnings,
            List<String> implementation,
            String hashedCaches,
            NetworkOptions network,
            boolean netLog)
            implements CommandLine {
        public Run {
            arguments = List.copyOf(arguments);
            switches = Map.copyOf(switches);
            warnings = List.copyOf(warnings);
            implementation = List.copyOf(implementation);
        }
    }

    /**
     * Understands a command line.
     *
     * @throws UsageException if there is a switch that is not known, or one without its value
     */
    static CommandLine parse(List<String> words) throws UsageException {
        return new Parser(words).parse();
    }

    /** Reads the words from left to right, once. */
    final class Parser {
        private static final List<String> HASHED_CACHES = List.of("default", "always", "never");

        private final List<String> words;
        private int next;
        private final Map<Switch, Integer> switches = new EnumMap<>(Switch.class);
        private final List<String> warnings = new ArrayList<>();
        private final List<String> implementation = new ArrayList<>();
        private String hashedCaches = "default";
        private final NetworkOptions network = new NetworkOptions();
        private boolean netLog;

        private Parser(List<String> words) {
            this.words = words;
        }

        private CommandLine parse() throws UsageException {
            while (next < words.size()) {
                String word = words.get(next++);
                if (word.equals("-") || !word.startsWith("-")) {
                    return run(program(word));
                }
                if (word.equals("--")) {
                    break;
                }
                CommandLine ending = word.startsWith("--") ? longOption(word) : letters(word);
                if (ending != null) {
                    return ending;
                }
            }
            return next < words.size() ? run(program(words.get(next++))) : run(new Program.StandardInput(""));
        }

        private static Program program(String word) {
            return word.equals("-") ? new Program.StandardInput(word) : new Program.Script(word);
        }

        private CommandLine longOption(String word) throws UsageException {
            return switch (word) {
                case "--help", "--help-all", "--help-env", "--help-xoptions" -> new Help();
                case "--version" -> new Version();
                case "--check-hash-based-pycs" -> {
                    hashedCaches = next < words.size() ? words.get(next++) : "";
                    if (!HASHED_CACHES.contains(hashedCaches)) {
                        throw new UsageException(word + " must be one of 'default', 'always', or 'never'");
                    }
                    yield null;
                }
                case VirtualOptions.OPTION -> {
                    if (netLog || network.policy().isPresent() || network.quota().isPresent()) {
                        throw new UsageException(word + " has a network of its own: no option about the real one fits");
                    }
                    VirtualOptions options = VirtualOptions.parse(words.subList(next, words.size()));
                    next = words.size();
                    yield new Virtual(options, run(new Program.StandardInput("")));
                }
                case "--net-log" -> {
                    netLog = true;
                    yield null;
                }
                default -> {
                    if (network.take(word)) {
                        yield null;
                    }
                    throw new UsageException("unknown option " + word);
                }
            };
        }

        /** Handles the letters after one dash; null if the command line goes on after them. */
        private CommandLine letters(String word) throws UsageException {
            for (int at = 1; at < word.length(); at++) {
                char letter = word.charAt(at);
                String rest = word.substring(at + 1);
                switch (letter) {
                    case 'h', '?' -> {
                        return new Help();
                    }
                    case 'V' -> {
                        return new Version();
                    }
                    case 'c' -> {
                        return run(new Program.Code(value(letter, rest)));
                    }
                    case 'm' -> {
                        return run(new Program.Module(value(letter, rest)));
                    }
                    case 'W' -> {
                        warnings.add(value(letter, rest));
                        return null;
                    }
                    case 'X' -> {
                        implementation.add(value(letter, rest));
                        return null;
                    }
                    case 'J' -> throw new UsageException("-J is reserved for Jython");
                    default -> switches.merge(
                            Switch.of(letter).orElseThrow(() -> new UsageException("unknown option: -" + letter)),
                            1,
                            Integer::sum);
                }
            }
            return null;
        }

        private String value(char letter, String rest) throws UsageException {
            if (!rest.isEmpty()) {
                return rest;
            }
            if (next == words.size()) {
                throw new UsageException("argument expected for the -" + letter + " option");
            }
            return words.get(next++);
        }

        private Run run(Program program) {
            return new Run(program, words.subList(next, words.size()), switches, warnings, implementation,
                    hashedCaches, network, netLog);
        }
    }
}
