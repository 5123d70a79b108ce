package io.github.pysockets.policy;

import java.net.IDN;
import java.util.Locale;

/** Names of hosts in one canonical form: lower case, ASCII by IDNA, no final dot. */
final class HostName {
    /** As RFC 6761 defines it: always this host. */
    static final String LOCALHOST = "localhost";

    private static final int LONGEST = 253;
    private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
    private static final String NAME = LABEL + "(\\." + LABEL + ")*";

    private HostName() {}

    /** Returns null for what cannot be a host's name. */
    static String canonical(String text) {
        String ascii;
        try {
            ascii = IDN.toASCII(text, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException noName) {
            return null;
        }
        String name = ascii.endsWith(".") ? ascii.substring(0, ascii.length() - 1) : ascii;
        return name.length() <= LONGEST && name.matches(NAME) ? name : null;
    }
}
