package io.github.pysockets.cli;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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
     * Run a program.
     *
     * @param program what becomes {@code __main__}
     * @param arguments {@code sys.argv} without its first entry
     * @param switches the switches given
     * @param warnings the values of all {@code -W}, in their order
     * @param implementation the values of all {@code -X}, in their order
     */
    record Run(
            Program program,
            List<String> arguments,
            Set<Switch> switches,
            List<String> warnings,
            List<String> implementation)
            implements CommandLine {
        public Run {
            arguments = List.copyOf(arguments);
            switches = Set.copyOf(switches);
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
        private final List<String> words;
        private int next;
        private final EnumSet<Switch> switches = EnumSet.noneOf(Switch.class);
        private final List<String> warnings = new ArrayList<>();
        private final List<String> implementation = new ArrayList<>();

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
                case "--help" -> new Help();
                case "--version" -> new Version();
                default -> throw new UsageException("unknown option " + word);
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
                    case 'b', 'd', 'i', 'x' ->
                        throw new UsageException("python's option -" + letter + " is not supported");
                    default -> switches.add(
                            Switch.of(letter).orElseThrow(() -> new UsageException("unknown option: -" + letter)));
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
            return new Run(program, words.subList(next, words.size()), switches, warnings, implementation);
        }
    }
}
