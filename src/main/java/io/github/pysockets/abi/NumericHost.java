package io.github.pysockets.abi;

import java.util.regex.Pattern;

/**
 * Hosts that are given by their address: a name service answers for them itself, and asks nobody. Pure functions.
 *
 * <p>Addresses are 4 or 16 bytes in network byte order.
 */
public final class NumericHost {
    private static final Pattern PLAIN = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]+");

    private NumericHost() {}

    /**
     * What getaddrinfo(3) looks for: the forms of inet_aton(3), and those of inet_pton(3) for AF_INET6 with a zone or
     * without. As with inet_aton, an IPv4 address may be followed by white space and more: getaddrinfo knows no such
     * host.
     *
     * @return null if the text does not begin as an address
     */
    public static byte[] parse(String host) {
        byte[] four = InetText.parseAton(host);
        return four != null ? four : InetText.parse6(withoutZone(host));
    }

    /** As {@link #parse}, of the forms that gethostbyname(3) knows. It takes any other for a name. */
    public static byte[] parsePlain(String host) {
        return PLAIN.matcher(host).matches() ? parse(host) : null;
    }

    private static String withoutZone(String host) {
        int zone = host.indexOf('%');
        return zone < 0 ? host : host.substring(0, zone);
    }
}
