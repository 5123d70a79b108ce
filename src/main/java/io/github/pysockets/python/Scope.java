package io.github.pysockets.python;

/** Which descriptor numbers a script's call accepts. */
enum Scope {
    /** Those that this interpreter was given. */
    OWN,
    /** {@link #OWN}, and all others of the process where the application allows foreign ones. */
    USABLE,
    /** {@link #USABLE}, and all others of the process where the interpreter's own {@code os} module has them anyway. */
    REACHABLE
}
