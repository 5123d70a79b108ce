package io.github.pysockets.python;

/** Who holds a descriptor. */
enum Holder {
    /** An object, of a socket or of epoll, which closes it. */
    OBJECT,
    /** Nobody yet: accept has just given it. It is known to be a socket. */
    ACCEPT,
    /** The script, which knows it by its number alone, and may close it behind our back, as with {@code os.close}. */
    SCRIPT
}
