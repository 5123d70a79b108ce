package io.github.pysockets.cli;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a command line and the environment come to: what python keeps in its PyConfig. Where both say something, a
 * switch counts as often as the one that says more; of other values the command line's holds.
 */
final class Configuration {
    private static final int LOWEST_DIGITS = 640;
    private static final int DEFAULT_DIGITS = 4300;
    private static final long LARGEST_SEED = 0xFFFF_FFFFL;

    private final CommandLine.Run run;
    private final Map<String, String> environment;
    private final Map<String, String> implementation = new LinkedHashMap<>();

    /** The environment's digits, checked; or the default. */
    private final int digits;

    private final boolean utf8;
    private final boolean javaLoop;

    /**
     * Reads and checks everything.
     *
     * @param environment the process's variables
     * @param utf8Locale whether the locale is one for which python turns its UTF-8 mode on
     * @throws FatalException if a value has no meaning
     */
    Configuration(CommandLine.Run run, Map<String, String> environment, boolean utf8Locale) throws FatalException {
        this.run = run;
        boolean ignored = isGiven(Switch.ISOLATED) || isGiven(Switch.IGNORE_ENVIRONMENT);
        this.environment = ignored ? Map.of() : environment;
        for (String each : run.implementation()) {
            String[] parts = each.split("=", 2);
            implementation.put(parts[0], parts.length == 1 ? null : parts[1]);
        }
        utf8 = findUtf8(utf8Locale);
        digits = findDigits();
        checkHashSeed();
        javaLoop = findLoop(environment.getOrDefault("PYSOCKETS_LOOP", ""));
    }

    /** The variable's value; "" where there is none, or the environment is to be ignored. */
    String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    /** How often the switch was given, by itself, by its variable, or by another that includes it. */
    int level(Switch each) {
        int level = run.switches().getOrDefault(each, 0);
        int other = each.variable().map(this::variable).map(each::levelOf).orElse(0);
        if (isGiven(Switch.ISOLATED) && isIncludedInIsolated(each)) {
            other = 1;
        }
        return Math.max(level, other);
    }

    private static boolean isIncludedInIsolated(Switch each) {
        return each == Switch.IGNORE_ENVIRONMENT || each == Switch.NO_USER_SITE || each == Switch.SAFE_PATH;
    }

    boolean isOn(Switch each) {
        return level(each) > 0;
    }

    private boolean isGiven(Switch each) {
        return run.switches().containsKey(each);
    }

    /** Whether {@code -X name} was given, with a value or without. */
    boolean hasImplementation(String name) {
        return implementation.containsKey(name);
    }

    /** The value in {@code -X name=value}; "" if there is none. */
    String implementation(String name) {
        String value = implementation.get(name);
        return value == null ? "" : value;
    }

    boolean isDevelopment() {
        return hasImplementation("dev") || !variable("PYTHONDEVMODE").isEmpty();
    }

    boolean isFaultHandlerOn() {
        return isDevelopment() || hasImplementation("faulthandler") || !variable("PYTHONFAULTHANDLER").isEmpty();
    }

    boolean warnsOfDefaultEncoding() {
        return hasImplementation("warn_default_encoding") || !variable("PYTHONWARNDEFAULTENCODING").isEmpty();
    }

    /** Whether asyncio makes event loops of ours by default. */
    boolean hasJavaLoop() {
        return javaLoop;
    }

    /** What sys.flags.int_max_str_digits says. */
    int digits() {
        return digits;
    }

    /** The filters for warnings; later ones come first when a warning is looked up. */
    List<String> warnings() {
        List<String> all = new ArrayList<>();
        if (isDevelopment()) {
            all.add("default");
        }
        String filters = variable("PYTHONWARNINGS");
        if (!filters.isEmpty()) {
            all.addAll(Arrays.asList(filters.split(",")));
        }
        all.addAll(run.warnings());
        if (isOn(Switch.BYTES_WARNING)) {
            all.add((level(Switch.BYTES_WARNING) > 1 ? "error" : "default") + "::BytesWarning");
        }
        return all;
    }

    /** The values of sys.flags, in its order. GraalPy's hashes of strings are not random, and the flag says so. */
    List<Object> flags() {
        return List.of(
                level(Switch.DEBUG),
                level(Switch.INSPECT),
                run.switches().getOrDefault(Switch.INSPECT, 0),
                level(Switch.OPTIMIZE),
                bit(Switch.NO_BYTECODE_FILES),
                bit(Switch.NO_USER_SITE),
                bit(Switch.NO_SITE),
                bit(Switch.IGNORE_ENVIRONMENT),
                level(Switch.VERBOSE),
                level(Switch.BYTES_WARNING),
                level(Switch.QUIET),
                0,
                bit(Switch.ISOLATED),
                isDevelopment(),
                utf8 ? 1 : 0,
                warnsOfDefaultEncoding() ? 1 : 0,
                isOn(Switch.SAFE_PATH),
                digits);
    }

    private int bit(Switch each) {
        return isOn(each) ? 1 : 0;
    }

    private boolean findUtf8(boolean utf8Locale) throws FatalException {
        String step = "preconfig_init_utf8_mode";
        if (hasImplementation("utf8")) {
            return switch (implementation.get("utf8")) {
                case null -> true;
                case "1" -> true;
                case "0" -> false;
                default -> throw new FatalException(step, "invalid -X utf8 option value");
            };
        }
        return switch (variable("PYTHONUTF8")) {
            case "" -> utf8Locale;
            case "1" -> true;
            case "0" -> false;
            default -> throw new FatalException(step, "invalid PYTHONUTF8 environment variable value");
        };
    }

    private int findDigits() throws FatalException {
        String variable = variable("PYTHONINTMAXSTRDIGITS");
        int found = variable.isEmpty() ? DEFAULT_DIGITS : digitsOf(variable, "PYTHONINTMAXSTRDIGITS");
        String name = "int_max_str_digits";
        return hasImplementation(name) ? digitsOf(implementation(name), "-X " + name) : found;
    }

    private static int digitsOf(String text, String source) throws FatalException {
        try {
            int number = Integer.parseInt(text);
            if (number == 0 || number >= LOWEST_DIGITS) {
                return number;
            }
        } catch (NumberFormatException invalid) {
            // Below.
        }
        throw new FatalException(
                "config_init_int_max_str_digits",
                source + ": invalid limit; must be >= " + LOWEST_DIGITS + " or 0 for unlimited.");
    }

    private void checkHashSeed() throws FatalException {
        String seed = variable("PYTHONHASHSEED");
        if (!seed.isEmpty() && !seed.equals("random") && !(seed.matches("[0-9]+") && isInRange(seed))) {
            throw new FatalException(
                    "config_init_hash_seed",
                    "PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]");
        }
    }

    /** It is no variable of python's, and so never ignored. */
    private static boolean findLoop(String variable) throws FatalException {
        return switch (variable) {
            case "", "python" -> false;
            case "java" -> true;
            default -> throw new FatalException(
                    "init_event_loop", "PYSOCKETS_LOOP must be \"java\" or \"python\"");
        };
    }

    private static boolean isInRange(String seed) {
        return new BigInteger(seed).compareTo(BigInteger.valueOf(LARGEST_SEED)) <= 0;
    }
}
