package io.github.pysockets.python;

/** Who holds a descriptor. */
enum Holder {
    /** A socket or epoll object, which closes it. */
    OBJECT,
    /** Nobody yet: accept has just returned it. It is known to be a socket. */
    ACCEPT,
    /** The script, which knows only its number and may close it behind our back, as with {@code os.close}. */
    SCRIPT
}
