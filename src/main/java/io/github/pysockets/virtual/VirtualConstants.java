package io.github.pysockets.virtual;

import io.github.pysockets.abi.Constants;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The names that the stack supports: those that every stack has, and what its sockets add. */
final class VirtualConstants {
    /** Besides options. */
    private static final Set<String> MORE = Set.of(
            "EAI_ADDRFAMILY", "EAI_NODATA", "INADDR_ALLHOSTS_GROUP", "INADDR_LOOPBACK", "INADDR_MAX_LOCAL_GROUP",
            "INADDR_NONE", "INADDR_UNSPEC_GROUP", "IPPORT_RESERVED", "IPPORT_USERRESERVED", "IP_ADD_MEMBERSHIP",
            "IP_DEFAULT_MULTICAST_LOOP", "IP_DEFAULT_MULTICAST_TTL", "IP_DROP_MEMBERSHIP", "IP_MAX_MEMBERSHIPS",
            "IP_MULTICAST_IF", "MSG_DONTWAIT", "MSG_MORE", "NI_MAXHOST", "NI_MAXSERV", "POLLMSG", "POLLRDHUP",
            "SOL_IP", "SOL_TCP", "SOL_UDP");

    static final Map<String, Long> ALL = all();

    private VirtualConstants() {}

    private static Map<String, Long> all() {
        Map<String, Long> all = new LinkedHashMap<>();
        Constants.all().forEach((name, number) -> {
            if (Constants.portable().containsKey(name) || MORE.contains(name)
                    || OptionValues.names().containsKey(name)) {
                all.put(name, number);
            }
        });
        return Collections.unmodifiableMap(all);
    }
}
