package io.github.pysockets.python;

/** Which descriptor numbers a call of a script takes. */
enum Scope {
    /** Those that this interpreter was given. */
    OWN,
    /** And all others of the process, where the application allows foreign ones. */
    USABLE,
    /** And all others of the process, where the interpreter's own {@code os} module has them anyway. */
    REACHABLE
}
