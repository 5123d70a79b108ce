package io.github.pysockets.cli;

import java.util.Optional;

/** The single-letter switches that are taken over from the {@code python} command, where some count. */
enum Switch {
    BYTES_WARNING('b', null, null),
    NO_BYTECODE_FILES('B', "DontWriteBytecodeFlag", "PYTHONDONTWRITEBYTECODE"),
    DEBUG('d', null, "PYTHONDEBUG"),
    IGNORE_ENVIRONMENT('E', "IgnoreEnvironmentFlag", null),
    INSPECT('i', null, "PYTHONINSPECT"),
    ISOLATED('I', "IsolateFlag", null),
    OPTIMIZE('O', "PythonOptimizeFlag", "PYTHONOPTIMIZE"),
    SAFE_PATH('P', "SafePathFlag", "PYTHONSAFEPATH"),
    QUIET('q', "QuietFlag", null),
    HASH_RANDOMIZATION('R', null, null),
    NO_USER_SITE('s', "NoUserSiteFlag", "PYTHONNOUSERSITE"),
    NO_SITE('S', "NoSiteFlag", null),
    TAB_CHECK('t', null, null),
    UNBUFFERED('u', "UnbufferedIO", "PYTHONUNBUFFERED"),
    VERBOSE('v', "VerboseFlag", "PYTHONVERBOSE"),
    SKIP_FIRST_LINE('x', null, null);

    private final char letter;
    private final String option;
    private final String variable;

    Switch(char letter, String option, String variable) {
        this.letter = letter;
        this.option = option;
        this.variable = variable;
    }

    /** GraalPy's option of the same meaning, without its "python.". */
    Optional<String> option() {
        return Optional.ofNullable(option);
    }

    /** The environment variable that stands for the switch. */
    Optional<String> variable() {
        return Optional.ofNullable(variable);
    }

    /**
     * How often the switch counts as given for a value of its variable: the number that the value is, and once for any
     * other text. PYTHONSAFEPATH=0 turns its switch on, as in python.
     */
    int levelOf(String value) {
        if (value.isEmpty()) {
            return 0;
        }
        if (this == SAFE_PATH) {
            return 1;
        }
        try {
            int level = Integer.parseInt(value);
            return level < 0 ? 1 : level;
        } catch (NumberFormatException text) {
            return 1;
        }
    }

    static Optional<Switch> of(char letter) {
        for (Switch candidate : values()) {
            if (candidate.letter == letter) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
