package io.github.pysockets.tls;

/** Which sides of a connection a context is for. */
public enum Roles {
    CLIENT,
    SERVER,
    BOTH;

    /** The constant of this name; null where there is none. */
    public static Roles byName(String name) {
        for (Roles roles : values()) {
            if (roles.name().equals(name)) {
                return roles;
            }
        }
        return null;
    }
}
