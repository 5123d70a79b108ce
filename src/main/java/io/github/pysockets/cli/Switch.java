package io.github.pysockets.cli;

import java.util.Optional;

/** The single-letter switches that are taken over from the {@code python} command. */
enum Switch {
    NO_BYTECODE_FILES('B', "DontWriteBytecodeFlag", "PYTHONDONTWRITEBYTECODE"),
    IGNORE_ENVIRONMENT('E', "IgnoreEnvironmentFlag", null),
    ISOLATED('I', "IsolateFlag", null),
    OPTIMIZE('O', "PythonOptimizeFlag", "PYTHONOPTIMIZE"),
    SAFE_PATH('P', "SafePathFlag", "PYTHONSAFEPATH"),
    QUIET('q', "QuietFlag", null),
    NO_USER_SITE('s', "NoUserSiteFlag", "PYTHONNOUSERSITE"),
    NO_SITE('S', "NoSiteFlag", null),
    UNBUFFERED('u', "UnbufferedIO", "PYTHONUNBUFFERED"),
    VERBOSE('v', "VerboseFlag", "PYTHONVERBOSE");

    private final char letter;
    private final String option;
    private final String variable;

    Switch(char letter, String option, String variable) {
        this.letter = letter;
        this.option = option;
        this.variable = variable;
    }

    /** GraalPy's option of the same meaning, without its "python." */
    String option() {
        return option;
    }

    /** The environment variable that turns the switch on when it is set to anything but the empty string. */
    Optional<String> variable() {
        return Optional.ofNullable(variable);
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
