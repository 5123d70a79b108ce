package io.github.pysockets.policy;

import java.net.IDN;
import java.util.Locale;

/** Names of hosts in one canonical form: lower case, ASCII by IDNA, no final dot. */
final class HostName {
    /** As RFC 6761 defines it: always this host. */
    static final String LOCALHOST = "localhost";

    private static final int LONGEST = 253;
    private static final int LOWEST_OUTSIDE_ASCII = 0x80;
    private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
    private static final String NAME = LABEL + "(\\." + LABEL + ")*";

    private HostName() {}

    /** As below, of the bytes that a name service is asked for, as Latin-1: only those of ASCII are a name's. */
    static String ofBytes(String text) {
        // IDNA would take a soft hyphen or a raised digit for something that the service does not take it for.
        return text.chars().allMatch(one -> one < LOWEST_OUTSIDE_ASCII) ? canonical(text) : null;
    }

    /** What can be no host's name in the form of {@link #canonical}, as far as it goes: servers may be asked for it. */
    static String odd(String text) {
        return text.toLowerCase(Locale.ROOT).replaceFirst("\\.+$", "");
    }

    /** Whether a name is always this host's, or below such a name. */
    static boolean isLocal(String canonical) {
        return canonical.equals(LOCALHOST) || canonical.endsWith("." + LOCALHOST);
    }

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
