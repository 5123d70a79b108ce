package io.github.pysockets.policy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Groups of addresses by name, as rules have them after an at sign: IANA's registries of special-purpose addresses. */
final class AddressGroups {
    private static final Map<String, List<IpRange>> GROUPS = new LinkedHashMap<>();

    static {
        add("loopback", "127.0.0.0/8 ::1");
        // RFC 1918, RFC 6598 and RFC 4193, and the site-local addresses that RFC 3879 ended.
        add("private", "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 fc00::/7 fec0::/10");
        add("linklocal", "169.254.0.0/16 fe80::/10");
        // Where clouds tell a machine its secrets. One of them is a public address.
        add("metadata", "169.254.169.254 100.100.100.200 168.63.129.16 192.0.0.192 fd00:ec2::254");
        add("multicast", "224.0.0.0/4 ff00::/8");
        add("broadcast", "255.255.255.255");
        add("reserved",
                "0.0.0.0/8 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24"
                        + " 240.0.0.0/4 ::/16 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 3fff::/20"
                        + " 5f00::/16");
        // Loopback addresses behind a translator (NAT64): those of another host.
        GROUPS.merge("reserved", List.of(IpRange.ofNat64(127), IpRange.ofNat64(0)),
                (ranges, more) -> Stream.of(ranges, more).flatMap(List::stream).toList());
        List<IpRange> special = GROUPS.values().stream().flatMap(List::stream).toList();
        GROUPS.put("public", Stream.of(IpRange.ALL_4, IpRange.parse("2000::/3"))
                .flatMap(all -> all.without(special).stream())
                .toList());
    }

    /** All groups but {@code public}. */
    static final String SPECIAL = "@loopback,@private,@linklocal,@metadata,@multicast,@broadcast,@reserved";

    private AddressGroups() {}

    private static void add(String name, String ranges) {
        GROUPS.put(name, Arrays.stream(ranges.split(" ")).map(IpRange::parse).toList());
    }

    /** The ranges of a group; null if there is no such group. */
    static List<IpRange> of(String name) {
        return GROUPS.get(name);
    }

    static String names() {
        return "@" + String.join(", @", GROUPS.keySet());
    }
}
